import { type Kysely, sql } from 'kysely';

/** Working hours, freezes and incidents, planned e-RS outages, reserved windows, and the go (rules 11 to 13). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('hours_policy')
    .addColumn('migration_id', 'integer', (c) => c.primaryKey().references('migration.id'))
    .addColumn('policy', 'jsonb', (c) => c.notNull())
    .addColumn('set_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('set_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await stopTable(db);
  await ersOutageTables(db);
  await planTables(db);
}

async function stopTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('time_stop')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('rule', 'text', (c) => c.notNull().check(sql`rule in ('freeze', 'incident')`))
    .addColumn('starts_at', 'timestamptz', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('set_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('set_at', 'timestamptz', (c) => c.notNull())
    .addColumn('lifted_by', 'integer', (c) => c.references('person.id'))
    .addColumn('lifted_at', 'timestamptz')
    .addCheckConstraint('a_stop_ends_after_it_starts', sql`ends_at is null or ends_at > starts_at`)
    .execute();
  await sql`create unique index one_incident_stands_at_a_time on time_stop (migration_id)
    where rule = 'incident' and lifted_at is null`.execute(db);
}

async function ersOutageTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ers_outage')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('starts_at', 'timestamptz', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('noted_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('noted_at', 'timestamptz', (c) => c.notNull())
    .addColumn('removed_by', 'integer', (c) => c.references('person.id'))
    .addColumn('removed_at', 'timestamptz')
    .addCheckConstraint('an_ers_outage_ends_after_it_starts', sql`ends_at > starts_at`)
    .execute();
  await db.schema
    .createTable('ers_outage_check')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('checked_at', 'timestamptz', (c) => c.notNull())
    .addColumn('page', 'text', (c) => c.notNull())
    .addColumn('found', 'text', (c) => c.notNull().check(sql`found in ('none', 'noted')`))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('noted_at', 'timestamptz', (c) => c.notNull())
    .execute();
}

async function planTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('plan_window')
    .addColumn('plan_id', 'integer', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('starts_at', 'timestamptz', (c) => c.notNull())
    .addColumn('ends_at', 'timestamptz', (c) => c.notNull())
    .addColumn('reserved_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('reserved_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_window_a_position', ['plan_id', 'position'])
    .addCheckConstraint('rule_8_a_window_and_three_reserves', sql`position between 0 and 3`)
    .addCheckConstraint('a_window_ends_after_it_starts', sql`ends_at > starts_at`)
    .execute();
  await db.schema
    .createTable('go_answer')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('plan_id', 'integer', (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('said', 'text', (c) => c.notNull().check(sql`said in ('yes', 'no')`))
    .addColumn('note', 'text')
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addCheckConstraint('rule_13_parts_of_a_go', sql`part in ('new-pas-live', 'two-definers', 'no-incident', 'lead')`)
    .execute();
  await sql`create index go_answer_of_plan on go_answer (plan_id, id)`.execute(db);
}
