import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader, type CsvRecord } from '../../src/readers/csv.ts';

function read(text: string, pieces = text.length || 1): readonly CsvRecord[] {
  const reader = new CsvReader();
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += pieces) records.push(...reader.push(text.slice(at, at + pieces)));
  return [...records, ...reader.end()];
}

const cells = (text: string) => read(text).map((record) => record.cells);

const cell = fc.oneof(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', 'é', ' ') }), fc.string());
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 12 });
const lineBreak = fc.constantFrom('\n', '\r\n');

function written(rows: readonly (readonly string[])[], end: string, quoteAll: boolean): string {
  const quoted = (value: string) => (quoteAll || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => row.map(quoted).join(',') + end).join('');
}

describe('CSV', () => {
  it('gives the same records as csv-parse, whatever is in the cells', () => {
    fc.assert(
      fc.property(table, lineBreak, fc.boolean(), (rows, end, quoteAll) => {
        const text = written(rows, end, quoteAll);
        const theirs = parse(text, {
          relax_column_count: true,
          skip_empty_lines: true,
          record_delimiter: ['\n', '\r\n'],
        });
        expect(cells(text)).toEqual(theirs);
      }),
    );
  });

  it('does not care where the pieces of a file end', () => {
    fc.assert(
      fc.property(table, lineBreak, fc.integer({ min: 1, max: 7 }), (rows, end, pieces) => {
        const text = written(rows, end, false);
        expect(read(text, pieces)).toEqual(read(text));
      }),
    );
  });

  it('counts lines, also those inside a quoted cell', () => {
    expect(read('a,b\n"1\n2",3\nc,d\n').map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  it('reads the last record without a line break', () => {
    expect(cells('a,b\n1,"2"')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('2: a misplaced quote costs its own line only', () => {
    const records = read('a,b\n1,"x "y" z"\n2,good\n');
    expect(records.map(({ line, broken }) => [line, broken])).toEqual([
      [1, null],
      [2, 'quote'],
      [3, null],
    ]);
  });

  it('2: a quote that is never closed costs its own line only', () => {
    const rest = Array.from({ length: 5_000 }, (_, at) => `${at},a row that is good`).join('\n');
    const records = read(`a,b\n1,"never closed\n${rest}\n`, 1_000);
    expect(records.filter(({ broken }) => broken)).toMatchObject([{ line: 2, broken: 'quote' }]);
    expect(records.length).toBe(5_002);
    expect(records.at(-1)).toMatchObject({ line: 5_002, cells: ['4999', 'a row that is good'] });
  });

  it('2: a line without an end is given up, and the next one is read', () => {
    const records = read(`a,b\n${'x'.repeat(300_000)}\n1,2\n`, 10_000);
    expect(records.map(({ line, broken }) => [line, broken])).toEqual([
      [1, null],
      [2, 'too-big'],
      [3, null],
    ]);
  });
});
