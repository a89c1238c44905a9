import { type Kysely, sql } from 'kysely';

/**
 * Each step of a guided run with who and when (rule 15), and when something noted on paper was entered (rule 30): `at` is
 * when it happened, `recorded_at` when it was typed in later, null where it was said at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('run_step')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('run_id', 'integer', (c) => c.notNull().references('run.id'))
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('tick_group', 'integer', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('seconds', 'integer', (c) => c.notNull())
    .addColumn('recorded_at', 'timestamptz')
    .execute();
  await sql`create index run_step_of_run on run_step (run_id, id)`.execute(db);
  await db.schema.alterTable('run_item').addColumn('recorded_at', 'timestamptz').execute();
  await db.schema.alterTable('slot_poll').addColumn('recorded_at', 'timestamptz').execute();
}
