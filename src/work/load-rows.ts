import type { Snapshot } from '../domain/extract.ts';
import type { RowBatch, Table } from '../domain/extract-file.ts';
import { FLAWS, type Flaw, type FlawCode, severityOf } from '../domain/extract-flaw.ts';
import type { StagedTotals } from '../domain/extract-staged.ts';
import { Refusal } from '../kernel/errors.ts';
import type { StagingStore } from '../store/snapshot-staging.ts';

/** Kept word for word; what goes beyond is counted. */
const MOST_FLAWS = 10_000;
const CHUNK = 1_000;
const PIECES = 32;

/** Reads all rows of a file into the staging tables, a chunk in flight while the next is read, and adds up what there was. */
export async function loadRows(
  staging: StagingStore,
  id: number,
  table: Table,
  given: { readonly base: Snapshot | null; readonly encoding: string },
): Promise<StagedTotals> {
  const tally = new Tally(staging, id);
  if (given.encoding !== 'utf-8') await tally.add([plainFlaw('not-utf8')]);
  switch (table.kind) {
    case 'extract':
      await pump(table.batches(), tally, (rows) => staging.addServices(id, rows));
      break;
    case 'supplement':
      await pump(table.batches(), tally, (rows) => staging.addSupplementRows(id, rows));
      break;
    case 'recipients':
      await pump(table.batches(), tally, (rows) => staging.addRecipients(id, rows));
      break;
    default:
      await pump(table.batches(), tally, (rows) => staging.addOrganisations(id, rows));
  }
  refuseNothing(table, tally);
  if (given.base === null) return tally.totals();
  await tally.add(await staging.unmatched(id, given.base.id));
  return tally.totals(await staging.overlay(id, given.base.id));
}

/** One chunk is on its way while the next is read; a failed one ends the reading. */
async function pump<T>(
  batches: AsyncIterable<RowBatch<T>>,
  tally: Tally,
  write: (rows: readonly T[]) => Promise<void>,
): Promise<void> {
  let waiting: T[] = [];
  let pieces = 0;
  let inFlight: Promise<void> = Promise.resolve();
  for await (const batch of batches) {
    for (const row of batch.rows) waiting.push(row);
    tally.count(batch);
    if (batch.flaws.length > 0) await tally.add(batch.flaws);
    // A waiting row keeps the piece of the file that it came from, so a few rows here and there must not wait for long.
    pieces++;
    while (waiting.length >= CHUNK || (pieces >= PIECES && waiting.length > 0)) {
      pieces = 0;
      await inFlight;
      inFlight = write(waiting.slice(0, CHUNK));
      // Its failure is met at the next await; until then it must not count as unhandled.
      inFlight.catch(() => {});
      waiting = waiting.slice(CHUNK);
    }
  }
  await inFlight;
  if (waiting.length > 0) await write(waiting);
}

class Tally {
  readonly #staging: StagingStore;
  readonly #id: number;
  readonly #counts = new Map<FlawCode, number>();
  #told = 0;
  read = 0;
  good = 0;
  elsewhere = 0;

  constructor(staging: StagingStore, id: number) {
    this.#staging = staging;
    this.#id = id;
  }

  count(batch: RowBatch<unknown>): void {
    this.read += batch.read;
    this.good += batch.rows.length;
    this.elsewhere += batch.elsewhere;
  }

  async add(flaws: readonly Flaw[]): Promise<void> {
    for (const { code } of flaws) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    const kept = flaws.slice(0, MOST_FLAWS - this.#told);
    if (kept.length === 0) return;
    await this.#staging.addFlaws(this.#id, this.#told, kept);
    this.#told += kept.length;
  }

  /** What is wrong most often, in words. */
  commonest(): string {
    const [most] = [...this.#counts].sort(([, a], [, b]) => b - a);
    return most ? FLAWS[most[0]].wrong : '';
  }

  totals(services = this.good): StagedTotals {
    const sum = (severity: 'error' | 'warning') =>
      [...this.#counts].reduce((all, [code, count]) => all + (severityOf(code) === severity ? count : 0), 0);
    return {
      rowsRead: this.read,
      services,
      elsewhere: this.elsewhere,
      errors: sum('error'),
      warnings: sum('warning'),
      flawCounts: Object.fromEntries(this.#counts),
    };
  }
}

/** A file of which nothing is usable publishes nothing: the snapshot before it stays the current one. */
function refuseNothing(table: Table, tally: Tally): void {
  if (tally.good > 0) return;
  if (tally.read === 0) {
    throw new Refusal('no-rows', 'The file has a header and no rows. Export it again. Nothing was stored.');
  }
  if (table.kind === 'extract' && tally.elsewhere > 0) {
    throw new Refusal(
      'nothing-in-scope',
      `None of the ${tally.read.toLocaleString('en-GB')} rows belongs to this migration’s provider. Check PROVIDER_ORG_ID in the file, and the provider in \`/bsu settings\`. Nothing was stored.`,
    );
  }
  throw new Refusal(
    'nothing-usable',
    `None of the ${tally.read.toLocaleString('en-GB')} rows can be used. Most often: ${tally.commonest()} Nothing was stored.`,
  );
}

function plainFlaw(code: FlawCode): Flaw {
  return { code, line: 1, column: null, value: null, otherLine: null };
}
