import { type Kysely, sql } from 'kysely';

/** That a person compared a site's list in an import with the live screen (rule 6). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('site_comparison')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('snapshot_id', 'integer', (c) => c.notNull().references('snapshot.id'))
    .addColumn('organisation', 'text', (c) => c.notNull())
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
  await sql`create index site_comparison_of_snapshot on site_comparison (snapshot_id, at)`.execute(db);
}
