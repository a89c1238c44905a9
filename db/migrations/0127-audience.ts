import { type Kysely, sql } from 'kysely';

/** Which commissioner the practice file's older codes stand for today, and who is left out of the notices, with why (rule 20). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('commissioner_map')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('commissioner', 'text', (c) => c.notNull())
    .addColumn('effective_from', 'text')
    .addColumn('effective_to', 'text')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('set_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('set_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await sql`create index commissioner_map_of_migration on commissioner_map (migration_id, code)`.execute(db);
  await db.schema
    .alterTable('audience_rule')
    .addColumn('without', 'jsonb', (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .execute();
}
