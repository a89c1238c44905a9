import { type Kysely, sql } from 'kysely';

const TABLES = ['time_stop', 'ers_outage', 'outage_calendar', 'hours_policy'] as const;

/**
 * Counts every change of what a migration's time is judged by, so that a run knows before each batch whether what it read
 * still holds (rule 13). A trigger counts, because no statement that changes time may be forgotten.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('migration')
    .addColumn('time_version', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`create function rule_13_time_has_changed() returns trigger language plpgsql as $$
    begin
      update migration set time_version = time_version + 1
        where id = case tg_op when 'DELETE' then old.migration_id else new.migration_id end;
      return null;
    end $$`.execute(db);
  for (const table of TABLES) {
    await sql`create trigger rule_13_time_has_changed after insert or update or delete on ${sql.table(table)}
      for each row execute function rule_13_time_has_changed()`.execute(db);
  }
}
