import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { PlanWindow } from '../domain/plan.ts';

export interface WindowStore {
  /** The window first, then the reserves; in the order in which they count (rule 8). */
  of(planId: number): Promise<readonly PlanWindow[]>;
  /**
   * Windows of other migrations' live plans that overlap this one on the same provider system, old or new. Holds those
   * systems until the end of the transaction, so that what is free stays free until it is reserved.
   */
  clashes(planId: number, window: PlanWindow): Promise<readonly WindowClash[]>;
  /** Replaces them all: at most a window and three reserves. */
  replace(planId: number, windows: readonly PlanWindow[], by: number, now: string): Promise<void>;
}

export interface WindowClash extends PlanWindow {
  readonly migration: string;
}

export function windowStore(db: Database): WindowStore {
  return {
    of(planId) {
      return db
        .selectFrom('plan_window')
        .select(['starts_at as from', 'ends_at as to'])
        .where('plan_id', '=', planId)
        .orderBy('position')
        .execute();
    },
    async clashes(planId, window) {
      const own = await db
        .selectFrom('plan')
        .innerJoin('migration', 'migration.id', 'plan.migration_id')
        .select(['migration.id', 'migration.new_asid', 'migration.old_asids'])
        .where('plan.id', '=', planId)
        .executeTakeFirstOrThrow();
      const systems = new Set([own.new_asid, ...own.old_asids]);
      // Until the end of the transaction: of two that reserve one system's night at a moment, the second sees the first's.
      for (const asid of [...systems].sort()) {
        await sql`select pg_advisory_xact_lock(hashtextextended(${`rule_13_windows_of_${asid}`}, 0))`.execute(db);
      }
      const rows = await db
        .selectFrom('plan_window')
        .innerJoin('plan', 'plan.id', 'plan_window.plan_id')
        .innerJoin('migration', 'migration.id', 'plan.migration_id')
        .select([
          'plan_window.starts_at as from',
          'plan_window.ends_at as to',
          'migration.name as migration',
          'migration.new_asid',
          'migration.old_asids',
        ])
        .where('migration.id', '!=', own.id)
        .where('plan.state', 'not in', ['completed', 'rolled-back', 'withdrawn', 'expired'])
        .where('plan_window.starts_at', '<', window.to)
        .where('plan_window.ends_at', '>', window.from)
        .orderBy('plan_window.starts_at')
        .execute();
      return rows
        .filter((row) => [row.new_asid, ...row.old_asids].some((asid) => systems.has(asid)))
        .map(({ from, to, migration }) => ({ from, to, migration }));
    },
    async replace(planId, windows, by, now) {
      await db.deleteFrom('plan_window').where('plan_id', '=', planId).execute();
      if (windows.length === 0) return;
      await db
        .insertInto('plan_window')
        .values(
          windows.map(({ from, to }, position) => ({
            plan_id: planId,
            position,
            starts_at: from,
            ends_at: to,
            reserved_by: by,
            reserved_at: now,
          })),
        )
        .execute();
    },
  };
}
