import type { Kysely } from 'kysely';

/** Alerts about appointment slot issues that their owner settled, and why (rule 26). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('asi_settled')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('priority', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
}
