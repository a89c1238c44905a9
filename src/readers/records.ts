import type { Flaw, FlawCode } from '../domain/extract-flaw.ts';
import { shown } from './cell.ts';
import { CsvReader, type CsvRecord } from './csv.ts';
import { notCsv, type TextSource } from './text-source.ts';

/** The records of a file as they come, in groups of what one piece of the file completes. */
export async function* recordsOf(source: TextSource): AsyncGenerator<readonly CsvRecord[]> {
  const reader = new CsvReader();
  for await (const piece of source.pieces()) {
    const records = reader.push(piece);
    if (records.length > 0) yield records;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}

/** The records after the header line. */
export async function* rowsOf(source: TextSource): AsyncGenerator<readonly CsvRecord[]> {
  let first = true;
  for await (const records of recordsOf(source)) {
    yield first ? records.slice(1) : records;
    first = false;
  }
}

/** The first record, whatever it is: a header or, in ODS files, already data. */
export async function headOf(source: TextSource): Promise<readonly string[]> {
  for await (const [first] of recordsOf(source)) {
    if (!first) continue;
    if (first.broken) throw notCsv('Its first line cannot be read.');
    return first.cells.map((cell) => cell.trim());
  }
  throw notCsv('It has no line.');
}

/** A record that has not the header's number of values cannot be read: which value would be whose? */
export function shapeFlaw(record: CsvRecord, width: number): FlawCode | null {
  if (record.broken) return record.broken === 'quote' ? 'row-broken' : 'row-too-big';
  if (record.cells.length < width) return 'row-short';
  return record.cells.length > width ? 'row-long' : null;
}

/** A flaw of a row or of a cell; what looks like a patient's value becomes that flaw and is not repeated. */
export function flawOf(code: FlawCode, line: number, column: string | null = null, raw: string | null = null): Flaw {
  if (raw === null || raw.trim() === '') return { code, line, column, value: null, otherLine: null };
  const value = shown(raw);
  return { code: value === null ? 'patient-data' : code, line, column, value, otherLine: null };
}
