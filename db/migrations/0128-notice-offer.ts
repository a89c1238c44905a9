import type { Kysely } from 'kysely';

/** Which notices the machine has asked people to send, so that it asks once (rule 21). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notice_offer')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'timestamptz', (c) => c.notNull())
    .addColumn('called_at', 'timestamptz')
    .addPrimaryKeyConstraint('a_notice_is_offered_once', ['migration_id', 'key'])
    .execute();
}
