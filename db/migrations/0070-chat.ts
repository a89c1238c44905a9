import { type Kysely, sql } from 'kysely';

/** The messages of the rehearsal's chat page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('chat_message')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('thread', 'integer', (c) => c.references('chat_message.id'))
    .addColumn('author', 'text')
    .addColumn('only_for', 'text')
    .addColumn('card', 'jsonb', (c) => c.notNull())
    .addColumn('text', 'text')
    .addColumn('mentions', 'jsonb', (c) => c.notNull())
    .addColumn('files', 'jsonb', (c) => c.notNull())
    .addColumn('key', 'text')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('posted_at', 'timestamptz', (c) => c.notNull())
    .addColumn('edited_at', 'timestamptz')
    .addUniqueConstraint('a_keyed_message_is_posted_once', ['channel_id', 'key'])
    .execute();
  await sql`create index chat_message_newest on chat_message (channel_id, id desc)`.execute(db);
}
