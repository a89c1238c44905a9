import { type Kysely, sql } from 'kysely';

/** Who reads Welsh, the words that translators supplied with the English they stand for, and why Welsh is left out (rule 20). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notice_welsh')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('english', 'text', (c) => c.notNull())
    .addColumn('welsh', 'text', (c) => c.notNull())
    .addColumn('set_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('set_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_welsh_text_stands_once', ['migration_id', 'key'])
    .execute();
  for (const table of ['recipient', 'delivery']) {
    await db.schema
      .alterTable(table)
      .addColumn('language', 'text', (c) => c.notNull().defaultTo('en').check(sql`language in ('en', 'cy')`))
      .execute();
  }
  await db.schema.alterTable('audience_rule').addColumn('english_only', 'text').execute();
}
