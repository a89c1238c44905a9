import type { Kysely } from 'kysely';

/** Who wants to know when another plan lets services go (rule 4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('plan_wait')
    .addColumn('holder_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('plan_id', 'integer', (c) => c.references('plan.id'))
    .addColumn('service_ids', 'jsonb', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('rule_4_one_wait_a_plan_and_person', ['holder_id', 'person_id'])
    .execute();
}
