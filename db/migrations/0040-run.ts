import { type Kysely, sql } from 'kysely';

/** Runs, and the ledger of their services (rule 16). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('run')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('plan_id', 'integer', (c) => c.notNull())
    .addColumn('plan_hash', 'text', (c) => c.notNull())
    .addColumn('generation', 'integer', (c) => c.notNull())
    .addColumn('direction', 'text', (c) => c.notNull().defaultTo('forward'))
    .addColumn('executor', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('hold_reason', 'text')
    .addColumn('hold_words', 'text')
    .addColumn('hold_at', 'timestamptz')
    .addColumn('started_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('started_at', 'timestamptz', (c) => c.notNull())
    .addColumn('runner_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('deputy_id', 'integer', (c) => c.references('person.id'))
    .addColumn('window_from', 'timestamptz', (c) => c.notNull())
    .addColumn('window_to', 'timestamptz', (c) => c.notNull())
    .addColumn('amber_reason', 'text')
    .addColumn('failures_in_a_row', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('guided', 'jsonb', (c) => c.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn('undo', 'jsonb', (c) => c.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn('by_hand', 'jsonb', (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('called', 'jsonb', (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('finished_at', 'timestamptz')
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'timestamptz')
    .addUniqueConstraint('a_generation_is_one_run', ['migration_id', 'generation'])
    .execute();
  await sql`create unique index rule_16_one_run_a_migration on run (migration_id)
    where state in ('running', 'paused', 'stopped', 'rolling-back')`.execute(db);
  await itemTable(db);
}

async function itemTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('run_item')
    .addColumn('run_id', 'integer', (c) => c.notNull().references('run.id'))
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('tick_group', 'integer', (c) => c.notNull())
    .addColumn('from_org', 'text', (c) => c.notNull())
    .addColumn('from_asid', 'text', (c) => c.notNull())
    .addColumn('to_org', 'text', (c) => c.notNull())
    .addColumn('to_asid', 'text', (c) => c.notNull())
    .addColumn('direction', 'text', (c) => c.notNull().defaultTo('forward'))
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('pending'))
    .addColumn('in_doubt', 'boolean', (c) => c.notNull().defaultTo(false))
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('owner', 'text')
    .addColumn('doubt_until', 'timestamptz')
    .addColumn('due_at', 'timestamptz')
    .addColumn('reason', 'text')
    .addColumn('claimed_by', 'integer', (c) => c.references('person.id'))
    .addColumn('claimed_at', 'timestamptz')
    .addColumn('done_by', 'integer', (c) => c.references('person.id'))
    .addColumn('settled_at', 'timestamptz')
    .addPrimaryKeyConstraint('rule_16_one_row_a_service', ['run_id', 'service_id'])
    .addCheckConstraint(
      'rule_16_item_states',
      sql`state in ('pending','applying','applied','confirmed','failed','needs-a-person','done-by-hand','undone')`,
    )
    .execute();
  await sql`create index run_item_to_do on run_item (run_id, position) where state = 'pending'`.execute(db);
  await sql`create index run_item_under_way on run_item (run_id) where state in ('applying', 'applied')`.execute(db);
}
