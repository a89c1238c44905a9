import type { RowBatch } from '../domain/extract-file.ts';
import type { Flaw } from '../domain/extract-flaw.ts';
import { severityOf } from '../domain/extract-flaw.ts';
import type { Service } from '../domain/service.ts';
import { Refusal } from '../kernel/errors.ts';
import { CELL_READERS, type CellValue, isFlaw } from './cell.ts';
import type { CsvRecord } from './csv.ts';
import type { Header } from './header.ts';
import { flawOf, rowsOf, shapeFlaw } from './records.ts';
import { ServiceIds } from './service-ids.ts';
import type { TextSource } from './text-source.ts';

/** Reads an extract row by row. `scope`: the ODS codes whose services are kept. A bad row becomes flaws, never a loss of others. */
export async function* readExtract(
  source: TextSource,
  header: Header,
  scope: ReadonlySet<string>,
): AsyncGenerator<RowBatch<Service>> {
  const reader = new ExtractRows(header, scope);
  for await (const records of rowsOf(source)) yield reader.read(records);
}

class ExtractRows {
  readonly #width: number;
  readonly #scope: ReadonlySet<string>;
  readonly #cells: readonly Cell[];
  readonly #id: number;
  readonly #provider: number;
  readonly #seen = new ServiceIds();

  constructor(header: Header, scope: ReadonlySet<string>) {
    const at = (name: string) => header.columns.find(({ column }) => column.name === name)?.at ?? -1;
    this.#width = header.width;
    this.#scope = scope;
    this.#id = at('SERVICE_ID');
    this.#provider = at('PROVIDER_ORG_ID');
    this.#cells = header.columns
      .filter(({ column }) => column.cell !== 'kept')
      .map(({ at, column }) => ({
        at,
        name: column.name,
        field: column.field,
        required: column.required === true,
        read: CELL_READERS[column.cell],
      }));
  }

  read(records: readonly CsvRecord[]): RowBatch<Service> {
    const services: Service[] = [];
    const flaws: Flaw[] = [];
    let elsewhere = 0;
    for (const record of records) {
      const key = this.#keyFlaw(record);
      if (key) flaws.push(key);
      else if (!this.#isOurs(record)) elsewhere++;
      else {
        const service = this.#serviceOf(record, flaws);
        if (service) services.push(service);
      }
    }
    return { rows: services, flaws, read: records.length, elsewhere };
  }

  /** What is checked of every row, whoever provides it. */
  #keyFlaw(record: CsvRecord): Flaw | null {
    const shape = shapeFlaw(record, this.#width);
    if (shape) return flawOf(shape, record.line);
    const raw = record.cells[this.#id] ?? '';
    const id = CELL_READERS['service-id'](raw);
    if (typeof id !== 'string') return flawOf(isFlaw(id) ? id.flaw : 'blank', record.line, 'SERVICE_ID', raw);
    const provider = record.cells[this.#provider] ?? '';
    const code = CELL_READERS.ods(provider);
    if (typeof code !== 'string') {
      return flawOf(isFlaw(code) ? code.flaw : 'blank', record.line, 'PROVIDER_ORG_ID', provider);
    }
    if (this.#seen.full) throw tooManyRows();
    const before = this.#seen.add(id, record.line);
    if (before === null) return null;
    return { code: 'duplicate', line: record.line, column: 'SERVICE_ID', value: id, otherLine: before };
  }

  #isOurs(record: CsvRecord): boolean {
    const code = record.cells[this.#provider] ?? '';
    return this.#scope.has(code) || this.#scope.has(code.trim().toUpperCase());
  }

  /** Every flaw of the row is told, not only its first; null when one of them is an error. */
  #serviceOf(record: CsvRecord, flaws: Flaw[]): Service | null {
    const service: Record<string, CellValue> = { ...BLANK };
    let good = true;
    for (const cell of this.#cells) {
      const raw = record.cells[cell.at] ?? '';
      const read = cell.read(raw);
      if (isFlaw(read)) {
        const flaw = flawOf(read.flaw, record.line, cell.name, raw);
        flaws.push(flaw);
        if (severityOf(flaw.code) === 'error') good = false;
        if (cell.field) service[cell.field] = read.value;
      } else if (read === null && cell.required) {
        flaws.push(flawOf('blank', record.line, cell.name));
        good = false;
      } else if (cell.field) service[cell.field] = read;
    }
    return good ? (service as unknown as Service) : null;
  }
}

interface Cell {
  readonly at: number;
  readonly name: string;
  readonly field: keyof Service | null;
  readonly required: boolean;
  readonly read: (typeof CELL_READERS)[keyof typeof CELL_READERS];
}

const BLANK: Service = {
  serviceId: '',
  name: '',
  providerOrg: '',
  locationOrg: '',
  specialty: null,
  appointmentType: null,
  published: null,
  directlyBookable: false,
  effectiveFrom: null,
  effectiveTo: null,
  routine: null,
  urgent: null,
  twoWeekWait: null,
  onSecondaryCareMenu: null,
  slotReservationPeriod: null,
  pollingRange: null,
  transitionDate: null,
  endpointId: null,
  currentAsid: null,
  contactPhone: null,
  hoursOfOperation: null,
  businessCritical: null,
};

function tooManyRows(): Refusal {
  return new Refusal(
    'too-many-rows',
    'The file has more than 1,000,000 services. The national extract has about 100,000, so this is probably another file: check it, or send only your own provider’s rows. Nothing was stored.',
  );
}
