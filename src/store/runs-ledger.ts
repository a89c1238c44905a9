import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { RunTable } from '../../db/schema/run.ts';
import { type Direction, type ItemState, type LedgerItem, LIVE_RUN_STATES, type Run } from '../domain/run.ts';
import { LEDGER_COLUMNS, toLedgerItem, toRun } from './runs-rows.ts';

/**
 * The ledger as the driving process uses it (rule 16). One driver a run, by a lease on the run's row; each change is
 * fenced by the owner. All lengths are seconds by the machine's time, compared in the database.
 */
export interface RunLedger {
  /** Takes the automated runs that nobody drives and that have something to do; gives their ids. */
  take(owner: string, leaseSeconds: number): Promise<readonly number[]>;
  /** Renews the lease and locks the run for this transaction; null when it is somebody else's now. */
  renew(runId: number, owner: string, leaseSeconds: number): Promise<HeldRun | null>;
  /** Lets go, so that another process need not wait for the lease to end. */
  letGo(runId: number, owner: string): Promise<void>;
  /** Writes the intention before the act: the next pending services become `applying`. */
  intend(run: Run, owner: string, limit: number, doubtSeconds: number): Promise<readonly LedgerItem[]>;
  /** Services whose outcome is unknown and may be asked for now, taken for one reading. */
  doubtful(runId: number, owner: string, limit: number, readSeconds: number): Promise<readonly LedgerItem[]>;
  /** Applied by a process that died before it confirmed them. */
  unconfirmed(runId: number, owner: string, limit: number): Promise<readonly LedgerItem[]>;
  /** Writes what came of them; ignored where the owner changed. Gives how many were written. */
  settle(runId: number, owner: string, from: ItemState, results: readonly Settled[], at: string): Promise<number>;
  /** Seconds until something is due again; null where nothing waits. */
  nextDue(run: Run): Promise<number | null>;
}

/** The run as its driver holds it, with the mark of what its time is judged by. */
export type HeldRun = Run & { readonly timeMark: number };

export interface Settled {
  readonly serviceId: string;
  readonly state: ItemState;
  readonly reason: string | null;
  /** Kept `applying`, to be read back. */
  readonly inDoubt?: boolean;
  /** Not to be sent, or not to be read, before so many seconds. */
  readonly waitSeconds?: number;
}

export function runLedger(db: Database): RunLedger {
  const inSeconds = (seconds: number) => sql<string>`clock_timestamp() + make_interval(secs => ${seconds})`;
  return {
    async take(owner, leaseSeconds) {
      const rows = await db
        .updateTable('run')
        .set({ owner, lease_until: inSeconds(leaseSeconds) })
        .where('executor', '=', 'http')
        .where('state', 'in', [...LIVE_RUN_STATES])
        .where(sql<boolean>`(owner is null or owner = ${owner} or lease_until <= clock_timestamp())`)
        .where(sql<boolean>`(state in ('running', 'rolling-back') or exists (
          select 1 from run_item where run_id = run.id and run_item.state in ('applying', 'applied')))`)
        .returning('id')
        .execute();
      return rows.map((row) => row.id);
    },
    async renew(runId, owner, leaseSeconds) {
      const { rows } = await sql<Selectable<RunTable> & { time_mark: number }>`
        update run set lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
        where id = ${runId} and owner = ${owner} and lease_until > clock_timestamp()
        returning *, (select time_version from migration where migration.id = run.migration_id) as time_mark`.execute(
        db,
      );
      const [row] = rows;
      return row ? { ...toRun(row), timeMark: row.time_mark } : null;
    },
    async letGo(runId, owner) {
      await db
        .updateTable('run')
        .set({ owner: null, lease_until: null })
        .where('id', '=', runId)
        .where('owner', '=', owner)
        .execute();
    },
    async intend(run, owner, limit, doubtSeconds) {
      // By place in the table, and nothing else: the inner select chose and locked these rows, and without statistics any
      // further condition would be planned as a walk through all that are pending.
      // One value a row: reading fifty rows of eight fields out of the embedded engine takes longer than writing them.
      const { rows } = await sql<{ item: IntendedItem }>`
        update run_item set state = 'applying', owner = ${owner}, in_doubt = false, attempts = attempts + 1, due_at = null,
          doubt_until = clock_timestamp() + make_interval(secs => ${doubtSeconds})
        where ctid = any(array(
          select ctid from run_item where run_id = ${run.id} and state = 'pending' and direction = ${run.direction}
            and (due_at is null or due_at <= clock_timestamp())
          order by position limit ${limit} for update))
        returning json_build_array(service_id, position, from_org, from_asid, to_org, to_asid, attempts) as item`.execute(
        db,
      );
      return rows.map(({ item }) => intended(item, run.direction)).sort((a, b) => a.position - b.position);
    },
    async doubtful(runId, owner, limit, readSeconds) {
      const rows = await db
        .updateTable('run_item')
        .set({ owner, in_doubt: true, doubt_until: inSeconds(readSeconds) })
        .where('run_id', '=', runId)
        .where('state', '=', 'applying')
        .where(
          'service_id',
          '=',
          firstOf(sql`select service_id from run_item where run_id = ${runId} and state = 'applying'
            and doubt_until <= clock_timestamp() order by position limit ${limit}`),
        )
        .returning(LEDGER_COLUMNS)
        .execute();
      return rows.map(toLedgerItem);
    },
    async unconfirmed(runId, owner, limit) {
      const rows = await db
        .updateTable('run_item')
        .set({ owner })
        .where('run_id', '=', runId)
        .where('state', '=', 'applied')
        .where(
          'service_id',
          '=',
          firstOf(sql`select service_id from run_item where run_id = ${runId} and state = 'applied'
            order by position limit ${limit}`),
        )
        .returning(LEDGER_COLUMNS)
        .execute();
      return rows.map(toLedgerItem);
    },
    async settle(runId, owner, from, results, at) {
      const [first] = results;
      if (first !== undefined && first.waitSeconds === undefined && results.every((one) => alike(one, first))) {
        return settleAlike({ runId, owner, from, at }, first, results);
      }
      const { numAffectedRows } = await sql`
        update run_item set state = r.state, reason = r.reason, in_doubt = coalesce(r."inDoubt", false),
          settled_at = case when r.state in ('pending', 'applying') then null else ${at}::timestamptz end,
          due_at = case when r.state = 'pending' and r."waitSeconds" is not null
            then clock_timestamp() + make_interval(secs => r."waitSeconds") end,
          doubt_until = case when r.state = 'applying' and r."waitSeconds" is not null
            then clock_timestamp() + make_interval(secs => r."waitSeconds") else doubt_until end
        from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
          as r("serviceId" text, state text, reason text, "inDoubt" boolean, "waitSeconds" double precision)
        where run_item.run_id = ${runId} and run_item.service_id = r."serviceId"
          and run_item.state = ${from} and run_item.owner = ${owner}`.execute(db);
      return Number(numAffectedRows ?? 0n);
    },
    async nextDue(run) {
      const row = await db
        .selectFrom('run_item')
        .select(
          sql<string | null>`extract(epoch from min(case
            when state = 'pending' then coalesce(due_at, clock_timestamp())
            else doubt_until end) - clock_timestamp())`.as('seconds'),
        )
        .where('run_id', '=', run.id)
        .where(sql<boolean>`(state = 'applying' or (state = 'pending' and direction = ${run.direction}))`)
        .executeTakeFirst();
      return row?.seconds === null || row === undefined ? null : Math.max(0, Number(row.seconds));
    },
  };

  /** The ordinary batch, of which everything was answered alike, without a join. */
  async function settleAlike(
    { runId, owner, from, at }: { runId: number; owner: string; from: ItemState; at: string },
    { state, reason, inDoubt = false }: Settled,
    results: readonly Settled[],
  ): Promise<number> {
    const { numUpdatedRows } = await db
      .updateTable('run_item')
      .set({
        state,
        reason,
        in_doubt: inDoubt,
        settled_at: state === 'pending' || state === 'applying' ? null : at,
        due_at: null,
      })
      .where('run_id', '=', runId)
      .where(
        'service_id',
        '=',
        sql<string>`any(string_to_array(${results.map((one) => one.serviceId).join(',')}, ','))`,
      )
      .where('state', '=', from)
      .where('owner', '=', owner)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }
}

function alike(one: Settled, other: Settled): boolean {
  return (
    one.state === other.state &&
    one.reason === other.reason &&
    one.inDoubt === other.inDoubt &&
    one.waitSeconds === other.waitSeconds
  );
}

type IntendedItem = readonly [string, number, string, string, string, string, number];

function intended(
  [serviceId, position, fromOrg, fromAsid, toOrg, toAsid, attempts]: IntendedItem,
  direction: Direction,
): LedgerItem {
  const from = { organisation: fromOrg, asid: fromAsid };
  const to = { organisation: toOrg, asid: toAsid };
  return { serviceId, position, from, to, direction, attempts };
}

/** Read once before the update begins: without statistics, `in (select …)` is planned as a join that reads it again and again. */
function firstOf(ids: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`any(array(${ids}))`;
}
