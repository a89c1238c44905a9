import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Direction, ExecutorKind, ItemState, RunItem } from '../domain/run.ts';
import { mayItemMove } from '../domain/run-item.ts';
import { type ItemCounts, NO_ITEMS } from '../domain/run-progress.ts';
import { toItem } from './runs-rows.ts';

/** A run's services as people see and tick them (rules 16, 17). Every change says from which states it may start. */
export interface RunItemStore {
  /** By state; with a direction, only of those that go that way now (rule 18). */
  counts(runId: number, direction?: Direction): Promise<ItemCounts>;
  bySite(runId: number): Promise<readonly SiteProgress[]>;
  inStates(runId: number, states: readonly ItemState[], limit: number): Promise<readonly RunItem[]>;
  ofGroup(runId: number, group: number): Promise<readonly RunItem[]>;
  /** The groups of ticks: the last one's number, and the first that still has something to do; null where none has. */
  groups(runId: number, direction: Direction): Promise<{ readonly last: number; readonly open: number | null }>;
  one(runId: number, serviceId: string): Promise<RunItem | null>;
  /** Moves those of the named services that are in one of the states; gives the ids that moved. */
  move(runId: number, change: ItemChange): Promise<readonly string[]>;
  /** Takes a service for a person: free ones, own ones, and those claimed before `quietSince`. False where it is taken. */
  claim(runId: number, serviceId: string, personId: number, now: string, quietSince: string): Promise<boolean>;
  /** What was done by hand in the present direction, in order: by whom, when, and when it was entered where that was later. */
  doneByHand(runId: number): Promise<readonly DoneByHand[]>;
  release(runId: number, serviceId: string, personId: number): Promise<boolean>;
  /** Sorts them into groups of ticks anew, e.g. for the way back. */
  regroup(runId: number, groups: ReadonlyMap<string, number>): Promise<void>;
  /**
   * The whole run goes back (rule 18). What was moved is pending again, in the other direction; what was never changed is back
   * already; what needs a person is compared by an automation, and stays with a person on the screen. Gives how many go back.
   */
  turnBack(runId: number, executor: ExecutorKind, at: string): Promise<number>;
  /**
   * The way back ends part-way. What was still to go back is on the new system; what went back, and what nobody knows, is for
   * people. An automation reads the first again.
   */
  stayForward(runId: number, executor: ExecutorKind, at: string): Promise<void>;
}

export interface ItemChange {
  readonly from: readonly ItemState[];
  readonly to: ItemState;
  /** Left out: all services of the run that are in these states. */
  readonly services?: readonly string[];
  readonly group?: number;
  readonly direction?: Direction;
  readonly reason?: string | null;
  readonly doneBy?: number;
  /** When it was typed in, where that was later than `at`. */
  readonly recordedAt?: string;
  readonly at: string;
}

export interface DoneByHand {
  readonly serviceId: string;
  readonly name: string;
  readonly doneBy: number | null;
  readonly at: string;
  readonly enteredAt: string | null;
}

export interface SiteProgress {
  readonly site: string;
  readonly total: number;
  readonly done: number;
  readonly left: number;
}

export function runItemStore(db: Database): RunItemStore {
  const items = (runId: number) => db.selectFrom('run_item').selectAll().where('run_id', '=', runId);
  const count = () => sql<number>`count(*)::int`;
  return {
    async counts(runId, direction) {
      let query = db
        .selectFrom('run_item')
        .select(['state', count().as('count')])
        .where('run_id', '=', runId)
        .groupBy('state');
      if (direction) query = query.where('direction', '=', direction);
      const rows = await query.execute();
      return { ...NO_ITEMS, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
    },
    async bySite(runId) {
      return db
        .selectFrom('run_item')
        .select([
          'site',
          count().as('total'),
          sql<number>`count(*) filter (where state in ('applied','confirmed','done-by-hand'))::int`.as('done'),
          sql<number>`count(*) filter (where state in ('failed','needs-a-person'))::int`.as('left'),
        ])
        .where('run_id', '=', runId)
        .groupBy('site')
        .orderBy('site')
        .execute();
    },
    async inStates(runId, states, limit) {
      const rows = await items(runId)
        .where('state', 'in', [...states])
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map(toItem);
    },
    async ofGroup(runId, group) {
      return (await items(runId).where('tick_group', '=', group).orderBy('position').execute()).map(toItem);
    },
    async groups(runId, direction) {
      const row = await db
        .selectFrom('run_item')
        .select([
          sql<number | null>`max(tick_group)`.as('last'),
          sql<number | null>`min(tick_group) filter (where state = 'pending')`.as('open'),
        ])
        .where('run_id', '=', runId)
        .where('direction', '=', direction)
        .executeTakeFirst();
      return { last: row?.last ?? 0, open: row?.open ?? null };
    },
    async one(runId, serviceId) {
      const row = await items(runId).where('service_id', '=', serviceId).executeTakeFirst();
      return row ? toItem(row) : null;
    },
    async move(runId, change) {
      const wrong = change.from.find((state) => !mayItemMove(state, change.to));
      if (wrong !== undefined) throw new Error(`A service never goes from ${wrong} to ${change.to}.`);
      let query = db
        .updateTable('run_item')
        .set({
          state: change.to,
          in_doubt: false,
          settled_at: change.to === 'pending' || change.to === 'applying' ? null : change.at,
          due_at: null,
          ...(change.reason === undefined ? {} : { reason: change.reason }),
          recorded_at: change.recordedAt ?? null,
          ...(change.doneBy === undefined ? {} : { done_by: change.doneBy }),
        })
        .where('run_id', '=', runId)
        .where('state', 'in', [...change.from]);
      if (change.services) query = query.where('service_id', 'in', [...change.services, '']);
      if (change.direction) query = query.where('direction', '=', change.direction);
      if (change.group !== undefined) query = query.where('tick_group', '=', change.group);
      return (await query.returning('service_id').execute()).map((row) => row.service_id);
    },
    async claim(runId, serviceId, personId, now, quietSince) {
      const row = await db
        .updateTable('run_item')
        .set({ claimed_by: personId, claimed_at: now })
        .where('run_id', '=', runId)
        .where('service_id', '=', serviceId)
        .where((e) =>
          e.or([e('claimed_by', 'is', null), e('claimed_by', '=', personId), e('claimed_at', '<=', quietSince)]),
        )
        .returning('service_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async doneByHand(runId) {
      const rows = await items(runId)
        .where('done_by', 'is not', null)
        .where('state', 'in', ['done-by-hand', 'undone'])
        .orderBy('settled_at')
        .orderBy('position')
        .execute();
      return rows.map((row) => ({
        serviceId: row.service_id,
        name: row.name,
        doneBy: row.done_by,
        at: row.settled_at ?? '',
        enteredAt: row.recorded_at,
      }));
    },
    async release(runId, serviceId, personId) {
      const row = await db
        .updateTable('run_item')
        .set({ claimed_by: null, claimed_at: null })
        .where('run_id', '=', runId)
        .where('service_id', '=', serviceId)
        .where('claimed_by', '=', personId)
        .returning('service_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async regroup(runId, groups) {
      const rows = [...groups].map(([serviceId, group]) => ({ serviceId, group }));
      await sql`update run_item set tick_group = g."group"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g("serviceId" text, "group" int)
        where run_item.run_id = ${runId} and run_item.service_id = g."serviceId"`.execute(db);
    },
    async turnBack(runId, executor, at) {
      const all = () => db.updateTable('run_item').where('run_id', '=', runId).where('direction', '=', 'forward');
      const free = {
        direction: 'undo' as const,
        in_doubt: false,
        due_at: null,
        claimed_by: null,
        recorded_at: null,
        done_by: null,
        // Groups of the way back are numbered anew, and hold only what goes back.
        tick_group: 0,
      };
      await all()
        .set({ ...free, state: 'undone', settled_at: at, reason: 'It was never changed.' })
        .where('state', 'in', ['pending', 'failed'])
        .execute();
      const looked = {
        ...free,
        settled_at: at,
        reason: 'Look at what it shows, and set it back where it is on the new system.',
      };
      if (executor === 'guided') await all().set(looked).where('state', '=', 'needs-a-person').execute();
      const doubted = sql<string | null>`case when state = 'needs-a-person' then reason end`;
      const rows = await all()
        .set({ ...free, state: 'pending', reason: doubted, settled_at: null })
        .where('state', 'in', ['applied', 'confirmed', 'done-by-hand', 'needs-a-person'])
        .returning('service_id')
        .execute();
      return rows.length;
    },
    async stayForward(runId, executor, at) {
      const back = () => db.updateTable('run_item').where('run_id', '=', runId).where('direction', '=', 'undo');
      const forward = {
        direction: 'forward' as const,
        claimed_by: null,
        due_at: null,
        done_by: null,
        recorded_at: null,
      };
      const state = executor === 'http' ? 'applied' : 'confirmed';
      await back()
        .set({ ...forward, state, settled_at: at })
        .where('state', '=', 'pending')
        .where('reason', 'is', null)
        .execute();
      await back()
        .set({ ...forward, state: 'needs-a-person', settled_at: at, reason: ON_THE_OLD })
        .where('state', '=', 'undone')
        .execute();
      await back()
        .set({ ...forward, state: 'needs-a-person', settled_at: at, reason: LOOK_FIRST })
        .execute();
    },
  };
}

const ON_THE_OLD = 'It is on the old system, which does not answer any more: set the new one.';
const LOOK_FIRST = 'Look at what it shows, and set the new system where it is on the old one.';
