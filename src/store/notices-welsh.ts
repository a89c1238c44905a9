import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { WelshText } from '../domain/notice-welsh.ts';

/** The Welsh words of a migration's notices, with the English that each stands for. */
export interface WelshStore {
  list(migrationId: number): Promise<readonly WelshText[]>;
  save(migrationId: number, texts: readonly WelshText[], by: number, now: string): Promise<void>;
  /** Gives the keys that had words. */
  takeBack(migrationId: number, keys: readonly string[]): Promise<readonly string[]>;
}

export function welshStore(db: Database): WelshStore {
  return {
    list: (migrationId) =>
      db
        .selectFrom('notice_welsh')
        .select(['key', 'english', 'welsh'])
        .where('migration_id', '=', migrationId)
        .orderBy('key')
        .execute(),
    async save(migrationId, texts, by, now) {
      if (texts.length === 0) return;
      await sql`
        insert into notice_welsh (migration_id, key, english, welsh, set_by, set_at)
        select ${migrationId}::integer, key, english, welsh, ${by}::integer, ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as row(key text, english text, welsh text)
        on conflict on constraint a_welsh_text_stands_once do update
          set english = excluded.english, welsh = excluded.welsh, set_by = excluded.set_by, set_at = excluded.set_at
          where (notice_welsh.english, notice_welsh.welsh) is distinct from (excluded.english, excluded.welsh)`.execute(
        db,
      );
    },
    async takeBack(migrationId, keys) {
      if (keys.length === 0) return [];
      const rows = await db
        .deleteFrom('notice_welsh')
        .where('migration_id', '=', migrationId)
        .where('key', 'in', [...keys])
        .returning('key')
        .execute();
      return rows.map(({ key }) => key);
    },
  };
}
