import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { LIVENESS_CLASS } from '../../db/liveness.ts';

/** Who drives work, and who is dead (contracts, Liveness). */
export interface ProcessStore {
  announce(owner: string, lockKey: number, now: string): Promise<void>;
  /**
   * Ends the leases of processes that are gone, and forgets them; gives their names. `alone`: the folder lock is ours, so
   * every other process is gone. Else a process is gone when its advisory lock can be taken.
   */
  buryDead(owner: string, alone: boolean): Promise<readonly string[]>;
  leave(owner: string): Promise<void>;
}

const LEASED = ['run', 'notice', 'posting'] as const;

export function processStore(db: Database): ProcessStore {
  return {
    async announce(owner, lockKey, now) {
      await db
        .insertInto('process')
        .values({ owner, lock_key: lockKey, started_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async buryDead(owner, alone) {
      const others = await db
        .selectFrom('process')
        .select((select) => [
          'owner',
          alone
            ? select.lit(true).as('dead')
            : sql<boolean>`pg_try_advisory_xact_lock(${sql.lit(LIVENESS_CLASS)}, lock_key)`.as('dead'),
        ])
        .where('owner', '<>', owner)
        .execute();
      const dead = others.filter((process) => process.dead).map((process) => process.owner);
      if (dead.length === 0) return dead;
      for (const table of LEASED) {
        await db
          .updateTable(table)
          .set({ lease_until: sql`clock_timestamp()` })
          .where('owner', 'in', dead)
          .where(sql<boolean>`lease_until > clock_timestamp()`)
          .execute();
      }
      await db.deleteFrom('process').where('owner', 'in', dead).execute();
      return dead;
    },
    async leave(owner) {
      await db.deleteFrom('process').where('owner', '=', owner).execute();
    },
  };
}
