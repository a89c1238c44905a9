import { type Kysely, sql } from 'kysely';

/** Reconciliation, each site's answer the next morning, and counts of appointment slot issues (rules 25, 26). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('screen_reading')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('asid', 'text', (c) => c.notNull())
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('plan_difference')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('found_at', 'timestamptz', (c) => c.notNull())
    .addColumn('settled_by', 'integer', (c) => c.references('person.id'))
    .addColumn('settled_at', 'timestamptz')
    .addColumn('settled_note', 'text')
    .addPrimaryKeyConstraint('rule_26_a_difference_is_found_once', ['plan_id', 'source', 'service_id'])
    .addCheckConstraint('rule_26_settled_by_somebody', sql`(settled_by is null) = (settled_at is null)`)
    .execute();
  await db.schema
    .createTable('site_morning')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('arrived', 'boolean', (c) => c.notNull())
    .addColumn('note', 'text')
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('asi_count')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('day', 'text', (c) => c.notNull().check(sql`day in ('baseline', '+1', '+3', '+7')`))
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('priority', 'text', (c) => c.notNull().check(sql`priority in ('routine', 'urgent', '2ww')`))
    .addColumn('count', 'integer', (c) => c.notNull().check(sql`count >= 0`))
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('rule_26_one_count_a_day', ['plan_id', 'day', 'service_id', 'priority'])
    .execute();
}
