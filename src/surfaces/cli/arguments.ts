import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from '../../command.ts';

/** The command line taken apart. */
export interface Arguments {
  readonly line: string;
  readonly json: boolean;
  readonly as: string | null;
  /** A file of this machine that the verb is to read: where it stands, and the field it is for. */
  readonly file: { readonly path: string; readonly field: string } | null;
}

/** `VERB … [--json] [--as EMAIL]`; a word that is a file's path belongs to the verb's file field. */
export function readArguments(argv: readonly string[], commands: readonly Command[], folder: string): Arguments {
  const words: string[] = [];
  let as: string | null = null;
  let json = false;
  let file: Arguments['file'] = null;
  const rest = [...argv];
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (word === '--json') json = true;
    else if (word === '--as') as = rest.shift() ?? '';
    else {
      const found = fileOf(word, words[0], commands, folder);
      if (found) file = found;
      else words.push(quoted(word));
    }
  }
  return { line: words.join(' '), json, as, file };
}

function fileOf(
  word: string,
  verb: string | undefined,
  commands: readonly Command[],
  folder: string,
): Arguments['file'] {
  const field = fileField(commands.find((command) => command.verb === verb));
  if (field === null) return null;
  const path = resolve(folder, word.startsWith(`${field}=`) ? word.slice(field.length + 1) : word);
  return existsSync(path) && statSync(path).isFile() ? { path, field } : null;
}

function fileField(command: Command | undefined): string | null {
  const fields = Object.entries(command?.input.shape ?? {});
  const found = fields.find(([, schema]) => {
    const meta = (schema as { meta(): { field?: string } | undefined }).meta();
    return meta?.field === 'file';
  });
  return found?.[0] ?? null;
}

/** Words with spaces are kept together for the line's own grammar. */
function quoted(word: string): string {
  if (!/\s/.test(word)) return word;
  const [, name, value] = /^([A-Za-z][\w-]*=)(.*)$/s.exec(word) ?? [];
  return name === undefined ? `"${word.replaceAll('"', '')}"` : `${name}"${(value ?? '').replaceAll('"', '')}"`;
}
