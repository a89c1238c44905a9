import type { RowBatch } from '../domain/extract-file.ts';
import type { Flaw } from '../domain/extract-flaw.ts';
import type { Organisation } from '../domain/organisation.ts';
import { Refusal } from '../kernel/errors.ts';
import { CELL_READERS } from './cell.ts';
import type { CsvRecord } from './csv.ts';
import { flawOf, recordsOf, shapeFlaw } from './records.ts';
import type { TextSource } from './text-source.ts';

const COLUMNS = 27;
const STATUSES: ReadonlySet<string> = new Set(['A', 'C', 'D', 'P']);
const GP_PRACTICE = '4';

/** Refuses a file that is not in ODS's published form: 27 columns, no header, a code first. */
export function checkOdsShape(head: readonly string[]): void {
  if (head.length === COLUMNS && /^[A-Z0-9]{3,9}$/.test(head[0] ?? '')) return;
  throw new Refusal(
    'wrong-header',
    `This is not an ODS file in its published form: ${COLUMNS} columns, no header line, the organisation’s code first; this one has ${head.length} columns. Download epraccur or etrust from the Organisation Data Service and send it unchanged. Nothing was stored.`,
  );
}

/** Reads epraccur (GP practices and other prescribing cost centres) or etrust (trusts and their sites). */
export async function* readOds(
  source: TextSource,
  kind: 'practices' | 'trusts',
): AsyncGenerator<RowBatch<Organisation>> {
  const toOrganisation = kind === 'practices' ? practice : trust;
  for await (const records of recordsOf(source)) {
    const flaws: Flaw[] = [];
    const rows = records.flatMap((record) => readOne(record, toOrganisation, flaws));
    yield { rows, flaws, read: records.length, elsewhere: 0 };
  }
}

function readOne(record: CsvRecord, toOrganisation: (row: Row) => Organisation, flaws: Flaw[]): Organisation[] {
  const shape = shapeFlaw(record, COLUMNS);
  if (shape) {
    flaws.push(flawOf(shape, record.line));
    return [];
  }
  const told = flaws.length;
  const row = rowOf(record, flaws);
  return flaws.length > told ? [] : [toOrganisation(row)];
}

interface Row {
  readonly code: string;
  readonly name: string;
  readonly opened: string | null;
  readonly closed: string | null;
  readonly status: string;
  readonly commissioner: string | null;
  readonly telephone: string | null;
  readonly setting: string;
}

/** By position, 1-based in ODS's own description: 1 code, 2 name, 11 and 12 dates, 13 status, 15 commissioner, 18 telephone, 26 setting. */
function rowOf(record: CsvRecord, flaws: Flaw[]): Row {
  const cell = (position: number) => (record.cells[position - 1] ?? '').trim();
  const date = (position: number, column: string): string | null => {
    const read = CELL_READERS.date(cell(position));
    if (typeof read === 'string' || read === null) return read;
    if (typeof read === 'object' && read.flaw === 'odd-year') return typeof read.value === 'string' ? read.value : null;
    flaws.push(flawOf('date', record.line, column, cell(position)));
    return null;
  };
  const row: Row = {
    code: cell(1),
    name: cell(2),
    opened: date(11, 'open date'),
    closed: date(12, 'close date'),
    status: cell(13),
    commissioner: cell(15) || null,
    telephone: cell(18) || null,
    setting: cell(26),
  };
  if (!/^[A-Z0-9]{3,9}$/.test(row.code)) flaws.push(flawOf('ods-code', record.line, 'organisation code', row.code));
  if (row.name === '') flaws.push(flawOf('blank', record.line, 'name'));
  return row;
}

function practice({ status, setting, ...row }: Row): Organisation {
  const active = status === 'A' || (!STATUSES.has(status) && row.closed === null);
  return { ...row, kind: setting === GP_PRACTICE ? 'practice' : 'prescribing-centre', parent: null, active };
}

/** A trust has three characters; a site five, of which the first three are its trust's. */
function trust({ status: _status, setting: _setting, ...row }: Row): Organisation {
  const isSite = row.code.length > 3;
  return {
    ...row,
    kind: isSite ? 'site' : 'trust',
    parent: isSite ? row.code.slice(0, 3) : null,
    active: row.closed === null,
  };
}
