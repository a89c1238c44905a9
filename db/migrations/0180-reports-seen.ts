import type { Kysely } from 'kysely';

/** Which reports about a mail were taken into account: read once more, they say nothing about a later try (rule 23). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('delivery').addColumn('reports_seen', 'jsonb').execute();
}
