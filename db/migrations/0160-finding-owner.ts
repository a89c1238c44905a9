import { type Kysely, sql } from 'kysely';

/** Who took a difference or an alert over, or was given it, by service; without a row it is its role's (rule 26). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('finding_owner')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('difference', 'alert')`))
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('owner_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('given_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('rule_26_one_owner_a_finding', ['plan_id', 'kind', 'service_id'])
    .execute();
}
