import type { Kysely } from 'kysely';

/** Channels that take no messages now, since when and why: one row a channel, gone when something went through. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('channel_trouble')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('problem', 'text', (c) => c.notNull())
    .addColumn('since', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_channel_has_one_trouble', ['platform', 'tenant', 'channel_id'])
    .execute();
}
