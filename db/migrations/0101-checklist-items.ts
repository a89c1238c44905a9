import type { Kysely } from 'kysely';

/** A migration's own checklist items, and the due dates of all items (rule 7). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('checklist_item')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('gate', 'text', (c) => c.notNull())
    .addColumn('added_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('added_at', 'timestamptz', (c) => c.notNull())
    .addColumn('removed_at', 'timestamptz')
    .addPrimaryKeyConstraint('rule_7_an_item_is_added_once', ['migration_id', 'key'])
    .execute();
  await db.schema
    .createTable('checklist_due')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('due_on', 'date', (c) => c.notNull())
    .addPrimaryKeyConstraint('rule_7_one_due_date_an_item', ['migration_id', 'key'])
    .execute();
}
