import { type Kysely, sql } from 'kysely';

/** Calendars of planned e-RS outages, each with its last good copy (rule 11). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outage_calendar')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('outages', 'jsonb', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('copied_at', 'timestamptz', (c) => c.notNull())
    .addColumn('tried_at', 'timestamptz', (c) => c.notNull())
    .addColumn('problem', 'text')
    .addColumn('added_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('added_at', 'timestamptz', (c) => c.notNull())
    .addColumn('removed_by', 'integer', (c) => c.references('person.id'))
    .addColumn('removed_at', 'timestamptz')
    .execute();
  await sql`create unique index rule_11_one_calendar_an_address on outage_calendar (migration_id, url)
    where url is not null and removed_at is null`.execute(db);
}
