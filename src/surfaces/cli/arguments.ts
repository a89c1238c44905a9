import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from '../../command.ts';

/** The command line taken apart. */
export interface Arguments {
  readonly line: string;
  readonly json: boolean;
  readonly as: string | null;
  /** Whose personal link the answer's page is to be; null: the operator's own. */
  readonly linkFor: string | null;
  /** The folder into which the answer's files are written; null: they are only named. */
  readonly save: string | null;
  /** Files of this machine that the verb is to read: where each stands, and the field it is for. */
  readonly files: readonly GivenFile[];
  /** A file that was named and is not there. */
  readonly missing: string | null;
}

export interface GivenFile {
  readonly path: string;
  readonly field: string;
}

/**
 * `VERB … [--json] [--as EMAIL] [--link-for EMAIL] [--save FOLDER]`. A file's path belongs to the file field that it is named for (`--calendar a.ics`,
 * `calendar=a.ics`), a bare one to the verb's first.
 */
export function readArguments(argv: readonly string[], commands: readonly Command[], folder: string): Arguments {
  const words: string[] = [];
  const files: GivenFile[] = [];
  let as: string | null = null;
  let linkFor: string | null = null;
  let save: string | null = null;
  let json = false;
  let missing: string | null = null;
  const rest = [...argv];
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    const fields = fileFields(commands.find((command) => command.verb === words[0]));
    const named = fields.find((field) => word === `--${field}` || word.replace(/^--/, '').startsWith(`${field}=`));
    if (word === '--json') json = true;
    else if (word === '--as') as = rest.shift() ?? '';
    else if (word === '--link-for') linkFor = rest.shift() ?? '';
    else if (word === '--save') save = resolve(folder, rest.shift() ?? '.');
    else if (named !== undefined) {
      const given = word.includes('=') ? word.slice(word.indexOf('=') + 1) : (rest.shift() ?? '');
      const path = resolve(folder, given);
      if (isFile(path)) files.push({ path, field: named });
      else if (/^file-[a-p]{32}$/.test(given)) words.push(`${named}=${given}`);
      else missing = given;
    } else {
      const path = resolve(folder, word);
      if (fields[0] !== undefined && isFile(path)) files.push({ path, field: fields[0] });
      else words.push(quoted(word));
    }
  }
  return { line: words.join(' '), json, as, linkFor, save, files, missing };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function fileFields(command: Command | undefined): readonly string[] {
  return Object.entries(command?.input.shape ?? {}).flatMap(([name, schema]) => {
    const meta = metaOf(schema as Described);
    return meta?.field === 'file' ? [name] : [];
  });
}

interface Described {
  meta(): { field?: string } | undefined;
  unwrap?(): Described;
}

/** An optional field may carry its description inside. */
function metaOf(schema: Described): { field?: string } | undefined {
  return schema.meta() ?? (schema.unwrap ? metaOf(schema.unwrap()) : undefined);
}

/** Words with spaces are kept together for the line's own grammar. */
function quoted(word: string): string {
  if (!/\s/.test(word)) return word;
  const [, name, value] = /^([A-Za-z][\w-]*=)(.*)$/s.exec(word) ?? [];
  return name === undefined ? `"${word.replaceAll('"', '')}"` : `${name}"${(value ?? '').replaceAll('"', '')}"`;
}
