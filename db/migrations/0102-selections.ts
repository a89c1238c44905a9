import type { Kysely } from 'kysely';

/** Selections that were shown under a code and wait to be saved, and those kept under a name: waves (rule 4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('shown_selection')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('input', 'jsonb', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_shown_selection_has_one_code', ['migration_id', 'code'])
    .execute();
  await db.schema
    .createTable('wave')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('selection', 'jsonb', (c) => c.notNull())
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_wave_has_one_name', ['migration_id', 'name'])
    .execute();
}
