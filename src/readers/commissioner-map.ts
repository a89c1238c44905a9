import type { CommissionerLine, ReadCommissionerMap } from '../domain/commissioner-map.ts';
import { headerKey } from '../domain/extract-columns.ts';
import type { Flaw } from '../domain/extract-flaw.ts';
import { CELL_READERS, isFlaw } from './cell.ts';
import type { CsvRecord } from './csv.ts';
import { refusePatientColumns, wrongHeader } from './header.ts';
import { flawOf, headOf, rowsOf, shapeFlaw } from './records.ts';
import { openText } from './text-source.ts';

const COLUMNS = ['code', 'commissioner', 'from', 'to', 'source'] as const;
type Column = (typeof COLUMNS)[number];
type Places = Readonly<Record<Column, number>> & { readonly width: number };

/** Reads `code,commissioner,from,to,source`; a line without a source is an error: nobody could ever check it. */
export async function readCommissionerMap(bytes: Uint8Array): Promise<ReadCommissionerMap> {
  const source = await openText(async function* () {
    yield bytes;
  });
  const head = await headOf(source);
  refusePatientColumns(head);
  const places = placesOf(head);
  const flaws: Flaw[] = [];
  const lines: CommissionerLine[] = [];
  for await (const records of rowsOf(source)) {
    for (const record of records) {
      const line = lineOf(record, places, flaws);
      if (line) lines.push(line);
    }
  }
  return { lines, flaws };
}

function placesOf(head: readonly string[]): Places {
  const keys = head.map(headerKey);
  const at = (column: Column) => keys.indexOf(headerKey(column));
  const missing = (['code', 'commissioner', 'source'] as const).filter((column) => at(column) === -1);
  if (missing.length > 0) throw wrongHeader('table of commissioners', head, missing);
  return {
    ...(Object.fromEntries(COLUMNS.map((one) => [one, at(one)])) as Record<Column, number>),
    width: head.length,
  };
}

function lineOf(record: CsvRecord, places: Places, flaws: Flaw[]): CommissionerLine | null {
  const told = flaws.length;
  const shape = shapeFlaw(record, places.width);
  if (shape) {
    flaws.push(flawOf(shape, record.line));
    return null;
  }
  const read = (column: Column, cell: 'text' | 'ods' | 'date'): string | null => {
    const raw = record.cells[places[column]] ?? '';
    const value = CELL_READERS[cell](raw);
    if (!isFlaw(value)) return typeof value === 'string' ? value : null;
    flaws.push(flawOf(value.flaw, record.line, column, raw));
    return null;
  };
  const line = {
    code: read('code', 'ods') ?? '',
    commissioner: read('commissioner', 'ods') ?? '',
    from: read('from', 'date'),
    to: read('to', 'date'),
    source: read('source', 'text') ?? '',
  };
  if (flaws.length > told) return null;
  for (const column of ['code', 'commissioner', 'source'] as const) {
    if (line[column] === '') flaws.push(flawOf('blank', record.line, column));
  }
  if (line.from !== null && line.to !== null && line.to < line.from) {
    flaws.push(flawOf('span', record.line, 'to', line.to));
  }
  return flaws.length > told ? null : line;
}
