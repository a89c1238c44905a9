import type { Kysely } from 'kysely';

/** That a plan was compared with an extract of after its run, and what came of it (rule 26). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('extract_comparison')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('snapshot_id', 'integer', (c) => c.notNull().references('snapshot.id'))
    .addColumn('as_planned', 'integer', (c) => c.notNull())
    .addColumn('differences', 'integer', (c) => c.notNull())
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('rule_26_compared_once_an_extract', ['plan_id', 'snapshot_id'])
    .execute();
}
