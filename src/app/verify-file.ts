import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { packPage } from '../../templates/pages/pack.ts';
import { PROTECTION_WORDS } from '../domain/audit.ts';
import { verifyChain } from '../domain/audit-check.ts';
import { PACK_FORMAT, type Pack } from '../domain/pack.ts';
import { Refusal } from '../kernel/errors.ts';
import { type RecordFile, readRecordFile } from '../readers/record-file.ts';
import { type CliAnswer, cliAnswer } from '../surfaces/cli/cli-answer.ts';

/**
 * `bsu audit verify FILE [--head HASH] [--json]`, on any machine: neither the database nor any setting is needed. Null: the
 * line asks for something else. Exit 1 where anything is wrong.
 */
export function verifyFile(argv: readonly string[], folder: string): CliAnswer | null {
  const json = argv.includes('--json');
  const words = argv.filter((word) => word !== '--json');
  const [verb, what, ...rest] = words;
  const { head, path } = taken(rest);
  if (verb !== 'audit' || what !== 'verify' || path === undefined) return null;
  const place = resolve(folder, path);
  // A head may stand there by itself; only a file's name is ours to answer for.
  if (!existsSync(place) && /^[0-9a-f]{64}$/.test(path)) return null;
  try {
    if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) {
      throw new Refusal('bad-head', 'A head is 64 hexadecimal digits; copy it from the channel.');
    }
    if (!existsSync(place) || !statSync(place).isFile()) {
      throw new Refusal('no-such-file', `There is no file "${path}" here. Check its path.`);
    }
    return answered(readFileSync(place, 'utf8'), head, json);
  } catch (error) {
    if (error instanceof Refusal) return cliAnswer({ kind: 'refusal', verb: 'audit', refusal: error }, json);
    throw error;
  }
}

function taken(words: readonly string[]): { head: string | undefined; path: string | undefined } {
  let head: string | undefined;
  const rest = [...words];
  const paths: string[] = [];
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (word === '--head') head = rest.shift() ?? '';
    else if (/^(--)?head=/.test(word)) head = word.slice(word.indexOf('=') + 1);
    else paths.push(word);
  }
  return { head, path: paths.length === 1 ? paths[0] : undefined };
}

function answered(text: string, outsideHead: string | undefined, json: boolean): CliAnswer {
  const file = readRecordFile(text);
  const faults = [
    ...verifyChain(file.rows, file.head, outsideHead),
    ...(showsItsData(file, text) ? [] : [{ seq: 0, what: 'the page shows something else than the data in it' }]),
  ];
  const facts = {
    chain: file.chain,
    rows: file.rows.length,
    head: file.head.hash,
    outsideHead: outsideHead ?? null,
    protection: 'file',
    kept: PROTECTION_WORDS.file,
    faults,
  } as const;
  const answer = { code: 'audit.verified', facts, next: [] } as const;
  const said = cliAnswer({ kind: 'answer', verb: 'audit', answer, auditSeq: null }, json);
  return { ...said, exitCode: faults.length === 0 ? 0 : 1 };
}

/** The page is drawn from its data again: whoever changes a word of it is found. Data alone shows itself. */
function showsItsData(file: RecordFile, text: string): boolean {
  const pack = file.whole as Partial<Pack>;
  if (!file.isPage || pack.format !== PACK_FORMAT) return !file.isPage;
  return packPage(pack as Pack) === text;
}
