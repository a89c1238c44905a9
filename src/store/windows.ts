import type { Database } from '../../db/connect.ts';
import type { PlanWindow } from '../domain/plan.ts';

export interface WindowStore {
  /** The window first, then the reserves; in the order in which they count (rule 8). */
  of(planId: number): Promise<readonly PlanWindow[]>;
  /** Replaces them all: at most a window and three reserves. */
  replace(planId: number, windows: readonly PlanWindow[], by: number, now: string): Promise<void>;
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
