import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';

/** The token of a migration's hours: who has it has the page and the calendar, without a login. */
export interface HoursAddressStore {
  of(migrationId: number): Promise<string>;
  /** Another one; the old one finds nothing from then on. */
  renew(migrationId: number): Promise<string>;
  /** The migration of a token; null where nobody has it. */
  migrationOf(token: string): Promise<number | null>;
}

export function hoursAddressStore(db: Database): HoursAddressStore {
  return {
    async of(migrationId) {
      const row = await db
        .selectFrom('migration')
        .select('hours_token')
        .where('id', '=', migrationId)
        .executeTakeFirstOrThrow();
      return row.hours_token;
    },
    async renew(migrationId) {
      const row = await db
        .updateTable('migration')
        .set({ hours_token: sql<string>`replace(gen_random_uuid()::text, '-', '')` })
        .where('id', '=', migrationId)
        .returning('hours_token')
        .executeTakeFirstOrThrow();
      return row.hours_token;
    },
    async migrationOf(token) {
      const row = await db.selectFrom('migration').select('id').where('hours_token', '=', token).executeTakeFirst();
      return row?.id ?? null;
    },
  };
}
