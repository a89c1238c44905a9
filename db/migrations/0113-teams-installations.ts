import type { Kysely } from 'kysely';

/** How Microsoft Teams lets us speak first: its conversations and their addresses, and how it names people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('teams_conversation')
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('team_id', 'text')
    .addColumn('service_url', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('teams_conversation_once', ['tenant', 'conversation_id'])
    .execute();
  await db.schema
    .createTable('teams_person')
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('teams_id', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text')
    .addColumn('service_url', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('teams_person_once', ['tenant', 'user_id'])
    .execute();
}
