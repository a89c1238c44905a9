import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { ReplayKeys } from '../ports/replay-keys.ts';

/** A token of Teams proves a request for an hour, a signature of Slack for five minutes: this leaves no gap. */
const REMEMBERED_MINUTES = 75;

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
