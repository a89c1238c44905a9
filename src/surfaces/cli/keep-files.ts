import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CliAnswer } from './cli-answer.ts';

/**
 * The files of an answer, e.g. the night pack: written where they are wanted, the folder made if it is not there: by then
 * the verb is done. Said apart, so that standard output is the answer's alone.
 */
export function keepFiles(files: CliAnswer['files'], folder: string | null, say: (line: string) => void): void {
  if (folder !== null && files.length > 0) mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) {
    if (folder === null) {
      say(`There is a file to this: ${name}. Add --save FOLDER to keep it.`);
      continue;
    }
    const path = join(folder, basename(name));
    writeFileSync(path, text);
    say(`Written: ${path}`);
  }
}
