import type { RowBatch, SupplementRow } from '../domain/extract-file.ts';
import { type Flaw, severityOf } from '../domain/extract-flaw.ts';
import type { Service } from '../domain/service.ts';
import { CELL_READERS, type CellValue, isFlaw } from './cell.ts';
import type { CsvRecord } from './csv.ts';
import type { Header } from './header.ts';
import { flawOf, rowsOf, shapeFlaw } from './records.ts';
import { ServiceIds } from './service-ids.ts';
import type { TextSource } from './text-source.ts';

export async function* readSupplement(source: TextSource, header: Header): AsyncGenerator<RowBatch<SupplementRow>> {
  const seen = new ServiceIds();
  for await (const records of rowsOf(source)) {
    const flaws: Flaw[] = [];
    const rows = records.flatMap((record) => rowOf(record, header, seen, flaws));
    yield { rows, flaws, read: records.length, elsewhere: 0 };
  }
}

function rowOf(record: CsvRecord, header: Header, seen: ServiceIds, flaws: Flaw[]): SupplementRow[] {
  const shape = shapeFlaw(record, header.width);
  if (shape) return nothing(flaws, flawOf(shape, record.line));
  const told = flaws.length;
  const set: Record<string, CellValue> = {};
  for (const { at, column } of header.columns) {
    const raw = record.cells[at] ?? '';
    const read = CELL_READERS[column.cell](raw);
    if (isFlaw(read)) {
      flaws.push(flawOf(read.flaw, record.line, column.name, raw));
      set[column.field ?? ''] = read.value;
    } else if (read !== null) set[column.field ?? ''] = read;
  }
  if (flaws.slice(told).some(({ code }) => severityOf(code) === 'error')) return [];
  const { serviceId, ...values } = set as Partial<Service>;
  if (serviceId === undefined) return nothing(flaws, flawOf('blank', record.line, 'SERVICE_ID'));
  const before = seen.add(serviceId, record.line);
  if (before === null) return [{ line: record.line, serviceId, set: values }];
  return nothing(flaws, {
    code: 'duplicate',
    line: record.line,
    column: 'SERVICE_ID',
    value: serviceId,
    otherLine: before,
  });
}

function nothing(flaws: Flaw[], flaw: Flaw): [] {
  flaws.push(flaw);
  return [];
}
