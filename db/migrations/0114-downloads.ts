import type { Kysely } from 'kysely';

/** Files of an answer behind a short-lived link: for chat platforms whose answers cannot hold a file. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('download')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('files', 'jsonb', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('download_by_end').on('download').column('expires_at').execute();
}
