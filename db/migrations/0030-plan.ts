import { type Kysely, sql } from 'kysely';

/** Plans with their services, versions and votes (rules 4, 8, 9), and the checklist's ticks (rule 7). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await planTables(db);
  await voteTables(db);
  await db.schema
    .createTable('checklist_mark')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('evidence', 'text', (c) => c.notNull())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('practice_plan_id', 'integer', (c) => c.references('plan.id'))
    .addPrimaryKeyConstraint('rule_7_one_tick_an_item', ['migration_id', 'key'])
    .execute();
}

async function planTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('plan')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('state_since', 'timestamptz', (c) => c.notNull())
    .addColumn('snapshot_id', 'integer', (c) => c.notNull().references('snapshot.id'))
    .addColumn('selection', 'jsonb', (c) => c.notNull())
    .addColumn('target_asid', 'text', (c) => c.notNull())
    .addColumn('target_org', 'text')
    .addColumn('author_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('last_editor_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('runner_id', 'integer', (c) => c.references('person.id'))
    .addColumn('deputy_id', 'integer', (c) => c.references('person.id'))
    .addColumn('verification', 'jsonb', (c) => c.notNull())
    .addColumn('warnings', 'jsonb', (c) => c.notNull())
    .addColumn('hash', 'text')
    .addColumn('code', 'text')
    .addColumn('last_act', 'text')
    .addColumn('last_act_at', 'timestamptz')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addUniqueConstraint('a_plan_number_is_given_once', ['migration_id', 'number'])
    .addCheckConstraint(
      'plan_states',
      sql`state in ('draft','submitted','approved','running','paused','verifying','stopped','rolling-back','rolled-back','completed','withdrawn','expired')`,
    )
    .execute();
  await db.schema
    .createTable('plan_service')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('specialty', 'text')
    .addColumn('from_org', 'text', (c) => c.notNull())
    .addColumn('from_asid', 'text', (c) => c.notNull())
    .addColumn('to_org', 'text', (c) => c.notNull())
    .addColumn('to_asid', 'text', (c) => c.notNull())
    .addColumn('published', 'boolean', (c) => c.notNull())
    .addColumn('two_week_wait', 'boolean', (c) => c.notNull())
    .addColumn('business_critical', 'boolean', (c) => c.notNull())
    .addColumn('on_secondary_care_menu', 'boolean', (c) => c.notNull())
    .addColumn('slot_reservation_period', 'integer', (c) => c.notNull())
    .addColumn('live', 'boolean', (c) => c.notNull().defaultTo(true))
    .addPrimaryKeyConstraint('one_row_a_plan_and_service', ['plan_id', 'service_id'])
    .execute();
  await sql`create unique index rule_4_one_live_plan_a_service on plan_service (service_id) where live`.execute(db);
}

async function voteTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('plan_version')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('inputs', 'text', (c) => c.notNull())
    .addColumn('changes', 'jsonb', (c) => c.notNull())
    .addColumn('critical', 'jsonb', (c) => c.notNull())
    .addColumn('by_id', 'integer', (c) => c.references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
  await sql`create index plan_version_of_plan on plan_version (plan_id, id)`.execute(db);
  await db.schema
    .createTable('vote')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('cast_on', 'text', (c) => c.notNull())
    .addColumn('counts_for', 'text', (c) => c.notNull())
    .addColumn('roles', 'jsonb', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('ended_at', 'timestamptz')
    .addColumn('ended_why', 'text')
    .execute();
  await sql`create unique index rule_9_one_person_one_vote on vote (plan_id, person_id) where ended_at is null`.execute(
    db,
  );
}
