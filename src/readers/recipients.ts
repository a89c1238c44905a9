import { headerKey } from '../domain/extract-columns.ts';
import type { RecipientLine, RowBatch } from '../domain/extract-file.ts';
import type { Flaw } from '../domain/extract-flaw.ts';
import { addressFault, type RecipientRow } from '../domain/recipient.ts';
import type { Language } from '../kernel/voice.ts';
import { CELL_READERS, isFlaw } from './cell.ts';
import type { CsvRecord } from './csv.ts';
import { wrongHeader } from './header.ts';
import { flawOf, rowsOf, shapeFlaw } from './records.ts';
import type { TextSource } from './text-source.ts';

const COLUMNS = ['code', 'name', 'kind', 'email', 'telephone', 'from', 'to', 'language'] as const;
type Column = (typeof COLUMNS)[number];
export type RecipientHeader = Readonly<Record<Column, number>> & { readonly width: number };

/** Where each column stands; telephone, the dates and the language may be absent. */
export function recipientHeader(head: readonly string[]): RecipientHeader {
  const keys = head.map(headerKey);
  const at = (column: Column) => keys.indexOf(headerKey(column));
  const missing = (['code', 'name', 'kind', 'email'] as const).filter((column) => at(column) === -1);
  if (missing.length > 0) throw wrongHeader('list of recipients', head, missing);
  const places = Object.fromEntries(COLUMNS.map((column) => [column, at(column)])) as Record<Column, number>;
  return { ...places, width: head.length };
}

/**
 * Reads commissioners and other recipients: `code,name,kind,email,telephone,from,to,language`. A blank address is allowed,
 * the place is telephoned then; one that cannot be used is an error. A blank language is English.
 */
export async function* readRecipients(
  source: TextSource,
  header: RecipientHeader,
): AsyncGenerator<RowBatch<RecipientLine>> {
  for await (const records of rowsOf(source)) {
    const flaws: Flaw[] = [];
    const rows = records.flatMap((record) => rowOf(record, header, flaws));
    yield { rows, flaws, read: records.length, elsewhere: 0 };
  }
}

function rowOf(record: CsvRecord, header: RecipientHeader, flaws: Flaw[]): RecipientLine[] {
  const shape = shapeFlaw(record, header.width);
  if (shape) {
    flaws.push(flawOf(shape, record.line));
    return [];
  }
  const told = flaws.length;
  const tell = (code: Flaw['code'], column: Column) =>
    flaws.push(flawOf(code, record.line, column, record.cells[header[column]] ?? ''));
  const read = (column: Column, cell: 'text' | 'ods' | 'date'): string | null => {
    const value = CELL_READERS[cell](record.cells[header[column]] ?? '');
    if (!isFlaw(value)) return typeof value === 'string' ? value : null;
    tell(value.flaw, column);
    return null;
  };
  const row = {
    code: read('code', 'ods') ?? '',
    name: read('name', 'text') ?? '',
    kind: kindOf(read('kind', 'text') ?? ''),
    email: read('email', 'text'),
    telephone: read('telephone', 'text'),
    from: read('from', 'date'),
    to: read('to', 'date'),
    language: languageOf(read('language', 'text') ?? ''),
  };
  if (flaws.length > told) return [];
  if (row.code === '') tell('blank', 'code');
  if (row.name === '') tell('blank', 'name');
  if (row.kind === null) tell('kind', 'kind');
  if (row.language === null) tell('language', 'language');
  if (row.email !== null && addressFault(row.email) !== null) tell('email', 'email');
  if (row.from !== null && row.to !== null && row.to < row.from) tell('span', 'to');
  if (flaws.length > told || row.kind === null || row.language === null) return [];
  return [{ line: record.line, row: { ...row, kind: row.kind, language: row.language } }];
}

function kindOf(word: string): RecipientRow['kind'] | null {
  const plain = word.toLowerCase();
  if (plain === 'commissioner' || plain === 'icb') return 'commissioner';
  return plain === 'referrer' || plain === 'practice' ? 'referrer' : null;
}

function languageOf(word: string): Language | null {
  const plain = word.toLowerCase();
  if (plain === '' || plain === 'en' || plain === 'english') return 'en';
  return plain === 'cy' || plain === 'welsh' || plain === 'cymraeg' ? 'cy' : null;
}
