import type { Kysely } from 'kysely';

/** How far the mailbox of mails that came back was read, by whom now, and what is wrong with it (rule 23). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mailbox')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('validity', 'text')
    .addColumn('last_mail', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', 'timestamptz', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'timestamptz')
    .addColumn('read_at', 'timestamptz')
    .addColumn('problem', 'text')
    .addColumn('problem_since', 'timestamptz')
    .execute();
}
