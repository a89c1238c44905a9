import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import {
  type ByHandDecision,
  type GuidedPlace,
  LIVE_RUN_STATES,
  type Run,
  type RunItem,
  type UndoRequest,
} from '../domain/run.ts';
import type { RunDecision } from '../domain/run-decide.ts';
import { toRun } from './runs-rows.ts';

export type NewRun = Pick<
  Run,
  | 'migrationId'
  | 'planId'
  | 'planHash'
  | 'executor'
  | 'startedBy'
  | 'startedAt'
  | 'runnerId'
  | 'deputyId'
  | 'window'
  | 'amberReason'
  | 'guided'
>;
export type NewRunItem = Pick<RunItem, 'serviceId' | 'name' | 'site' | 'group' | 'from' | 'to'>;

/** Runs as people see and steer them. */
export interface RunStore {
  byId(id: number): Promise<Run | null>;
  /** The run that holds the migration, locked for the transaction; null where none does (rule 16). */
  live(migrationId: number): Promise<Run | null>;
  /** The run that holds the migration, else the newest, whatever its state; of a plan, its newest. Locked for the transaction. */
  latest(migrationId: number, planId?: number): Promise<Run | null>;
  /** Every run whose window still matters: changing services, held, or being verified; whatever the migration. */
  underWay(now: string): Promise<readonly Run[]>;
  /** Guided runs that somebody still carries out although their window is over. */
  pastWindow(now: string): Promise<readonly Run[]>;
  ofPlan(planId: number): Promise<readonly Run[]>;
  /** Null where another run of the migration is live already: a second start is not an error (rule 16). */
  start(run: NewRun, items: readonly NewRunItem[]): Promise<Run | null>;
  /** Saves a decision; a run that goes on starts its row of failures anew. */
  save(id: number, decision: RunDecision): Promise<void>;
  setPlace(id: number, place: GuidedPlace): Promise<void>;
  setUndo(id: number, undo: UndoRequest | null): Promise<void>;
  setByHand(id: number, decisions: readonly ByHandDecision[]): Promise<void>;
  setRunner(id: number, runnerId: number, deputyId: number | null): Promise<void>;
  setWindow(id: number, window: Run['window'], amberReason: string | null): Promise<void>;
  setCalled(id: number, called: readonly string[]): Promise<void>;
  setFailuresInARow(id: number, count: number): Promise<void>;
}

export function runStore(db: Database): RunStore {
  const change = (id: number) => db.updateTable('run').where('id', '=', id);
  return {
    async byId(id) {
      const row = await db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toRun(row) : null;
    },
    async live(migrationId) {
      const row = await db
        .selectFrom('run')
        .selectAll()
        .where('migration_id', '=', migrationId)
        .where('state', 'in', [...LIVE_RUN_STATES])
        .forUpdate()
        .executeTakeFirst();
      return row ? toRun(row) : null;
    },
    async latest(migrationId, planId) {
      let query = db.selectFrom('run').selectAll().where('migration_id', '=', migrationId);
      if (planId !== undefined) query = query.where('plan_id', '=', planId);
      const row = await query
        .orderBy((run) => run('state', 'in', [...LIVE_RUN_STATES]), 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .forUpdate()
        .executeTakeFirst();
      return row ? toRun(row) : null;
    },
    async underWay(now) {
      const rows = await db
        .selectFrom('run')
        .selectAll()
        .where('state', 'in', ['running', 'paused', 'stopped', 'verifying', 'rolling-back'])
        .where('window_to', '>', now)
        .forUpdate()
        .skipLocked()
        .execute();
      return rows.map(toRun);
    },
    async pastWindow(now) {
      const rows = await db
        .selectFrom('run')
        .selectAll()
        .where('executor', '=', 'guided')
        .where('state', 'in', ['running', 'rolling-back'])
        .where('window_to', '<=', now)
        .forUpdate()
        .skipLocked()
        .execute();
      return rows.map(toRun);
    },
    async ofPlan(planId) {
      const rows = await db.selectFrom('run').selectAll().where('plan_id', '=', planId).orderBy('id').execute();
      return rows.map(toRun);
    },
    async start(run, items) {
      const row = await db
        .insertInto('run')
        .values({
          migration_id: run.migrationId,
          plan_id: run.planId,
          plan_hash: run.planHash,
          generation: sql`(select coalesce(max(generation), 0) + 1 from run where migration_id = ${run.migrationId})`,
          executor: run.executor,
          state: 'running',
          started_by: run.startedBy,
          started_at: run.startedAt,
          runner_id: run.runnerId,
          deputy_id: run.deputyId,
          window_from: run.window.from,
          window_to: run.window.to,
          amber_reason: run.amberReason,
          guided: JSON.stringify(run.guided),
          undo: 'null',
          by_hand: '[]',
          called: '[]',
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      await addItems(db, row.id, items);
      return toRun(row);
    },
    async save(id, decision) {
      await change(id)
        .set({
          state: decision.state,
          direction: decision.direction,
          hold_reason: decision.hold?.reason ?? null,
          hold_words: decision.hold?.words ?? null,
          hold_at: decision.hold?.at ?? null,
          finished_at: decision.finishedAt,
          ...(decision.hold === null ? { failures_in_a_row: 0 } : {}),
          ...(decision.drivenFrom === null
            ? {}
            : { driven_since: decision.drivenFrom, done_before: doneNow(id, decision) }),
        })
        .execute();
    },
    async setPlace(id, place) {
      await change(id)
        .set({ guided: JSON.stringify(place) })
        .execute();
    },
    async setUndo(id, undo) {
      await change(id)
        .set({ undo: JSON.stringify(undo) })
        .execute();
    },
    async setByHand(id, decisions) {
      await change(id)
        .set({ by_hand: JSON.stringify(decisions) })
        .execute();
    },
    async setRunner(id, runnerId, deputyId) {
      await change(id).set({ runner_id: runnerId, deputy_id: deputyId }).execute();
    },
    async setWindow(id, window, amberReason) {
      await change(id).set({ window_from: window.from, window_to: window.to, amber_reason: amberReason }).execute();
    },
    async setCalled(id, called) {
      await change(id)
        .set({ called: JSON.stringify(called) })
        .execute();
    },
    async setFailuresInARow(id, count) {
      await change(id).set({ failures_in_a_row: count }).execute();
    },
  };
}

/** How many are done as a run goes on: a turn back begins at none. */
function doneNow(id: number, { direction }: RunDecision) {
  const done = direction === 'undo' ? sql`('undone')` : sql`('applied', 'confirmed', 'done-by-hand')`;
  return sql<number>`(select count(*)::int from run_item where run_id = ${id} and direction = ${direction} and run_item.state in ${done})`;
}

/** One statement for all of them: a plan has 1,500 services, and the person waits. */
async function addItems(db: Database, runId: number, items: readonly NewRunItem[]): Promise<void> {
  const rows = JSON.stringify(
    items.map(({ from, to, ...rest }) => ({
      ...rest,
      fromOrg: from.organisation,
      fromAsid: from.asid,
      toOrg: to.organisation,
      toAsid: to.asid,
    })),
  );
  await sql`insert into run_item
      (run_id, service_id, name, site, position, tick_group, from_org, from_asid, to_org, to_asid)
    select ${runId}::int, r->>'serviceId', r->>'name', r->>'site', n::int, (r->>'group')::int,
      r->>'fromOrg', r->>'fromAsid', r->>'toOrg', r->>'toAsid'
    from jsonb_array_elements(${rows}::jsonb) with ordinality as t(r, n)`.execute(db);
}
