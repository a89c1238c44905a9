import type { Kysely } from 'kysely';

/** Since when a run has been going on without a break, and how many were done before: the pace is measured from there (rule 19). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('run')
    .addColumn('driven_since', 'timestamptz')
    .addColumn('done_before', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
