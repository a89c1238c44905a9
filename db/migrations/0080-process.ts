import type { Kysely } from 'kysely';

/** Which processes drive work, so that what a dead one held is free at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('process')
    .addColumn('owner', 'text', (c) => c.primaryKey())
    .addColumn('lock_key', 'integer', (c) => c.notNull())
    .addColumn('started_at', 'timestamptz', (c) => c.notNull())
    .execute();
}
