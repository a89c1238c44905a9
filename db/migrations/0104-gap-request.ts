import { type Kysely, sql } from 'kysely';

/** Who was asked to complete a site's contact details, and when (rule 5). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('gap_request')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('asked', 'text', (c) => c.notNull())
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
  await sql`create index gap_request_of_migration on gap_request (migration_id, site, id)`.execute(db);
}
