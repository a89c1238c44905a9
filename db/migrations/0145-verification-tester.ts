import type { Kysely } from 'kysely';

/** Who tests which verification service (rule 25). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('verification_tester')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('tester_id', 'integer', (c) => c.notNull().references('person.id'))
    .addPrimaryKeyConstraint('rule_25_one_tester_a_service', ['plan_id', 'service_id'])
    .execute();
}
