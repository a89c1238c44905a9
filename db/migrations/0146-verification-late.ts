import type { Kysely } from 'kysely';

/** What was noted on paper and entered later has both times (rule 30). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('verification_event').addColumn('recorded_at', 'text').execute();
}
