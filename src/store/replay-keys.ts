import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { ReplayKeys } from '../ports/replay-keys.ts';

/** Signed requests are refused when five minutes old: ten minutes of memory leave no gap. */
const REMEMBERED_MINUTES = 10;

export interface ReplayKeyStore extends ReplayKeys {
  /** Forgets what is too old to come again. */
  sweep(): Promise<void>;
}

export function replayKeyStore(db: Database): ReplayKeyStore {
  return {
    async claim(key) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('replay_key')
        .values({ key, seen_at: sql<string>`clock_timestamp()` })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async sweep() {
      await db
        .deleteFrom('replay_key')
        .where('seen_at', '<', sql<string>`clock_timestamp() - make_interval(mins => ${REMEMBERED_MINUTES})`)
        .execute();
    },
  };
}
