import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { CodeOfPractices, CommissionerLine } from '../domain/commissioner-map.ts';
import { newestPractices } from './recipients.ts';

export interface CommissionerMapStore {
  lines(migrationId: number): Promise<readonly CommissionerLine[]>;
  /** Puts the table in the place of the one before. */
  load(migrationId: number, lines: readonly CommissionerLine[], by: number, now: string): Promise<void>;
  /** Takes one line in; an open line of the same code ends the day before. */
  add(migrationId: number, line: CommissionerLine, by: number, now: string): Promise<void>;
  /** The commissioner codes of the newest practice file, with how many active practices each has. */
  codes(migrationId: number): Promise<readonly CodeOfPractices[]>;
}

export function commissionerMapStore(db: Database): CommissionerMapStore {
  const insert = (migrationId: number, lines: readonly CommissionerLine[], by: number, now: string) =>
    sql`
    insert into commissioner_map (migration_id, code, commissioner, effective_from, effective_to, source, set_by, set_at)
    select ${migrationId}::integer, code, commissioner, "from", "to", source, ${by}::integer, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as line(code text, commissioner text, "from" text, "to" text, source text)`.execute(db);
  return {
    lines: (migrationId) =>
      db
        .selectFrom('commissioner_map')
        .select(['code', 'commissioner', 'effective_from as from', 'effective_to as to', 'source'])
        .where('migration_id', '=', migrationId)
        .orderBy('code')
        .orderBy('id')
        .execute(),
    async load(migrationId, lines, by, now) {
      await db.deleteFrom('commissioner_map').where('migration_id', '=', migrationId).execute();
      await insert(migrationId, lines, by, now);
    },
    async add(migrationId, line, by, now) {
      const same = db
        .updateTable('commissioner_map')
        .where('migration_id', '=', migrationId)
        .where('code', '=', line.code)
        .where('effective_to', 'is', null);
      if (line.from === null) {
        await db
          .deleteFrom('commissioner_map')
          .where('migration_id', '=', migrationId)
          .where('code', '=', line.code)
          .execute();
      } else {
        const before = Temporal.PlainDate.from(line.from).subtract({ days: 1 }).toString();
        await same.set({ effective_to: before }).execute();
      }
      await insert(migrationId, [line], by, now);
    },
    codes: (migrationId) =>
      db
        .selectFrom('organisation')
        .select(['commissioner as code'])
        .select((select) => select.fn.countAll<number>().as('practices'))
        .where('snapshot_id', '=', (newest) => newestPractices(newest, migrationId))
        .where('kind', '=', 'practice')
        .where('active', '=', true)
        .where('commissioner', 'is not', null)
        .groupBy('commissioner')
        .orderBy('commissioner')
        .$narrowType<{ code: string }>()
        .execute(),
  };
}
