import { type Kysely, sql } from 'kysely';

/** Joining a second account by a code: the code's hash, who typed it where, and how it ended (rule 9). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('account_link')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('code_hash', 'text', (c) => c.notNull().unique())
    .addColumn('made_at', 'timestamptz', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addColumn('platform', 'text')
    .addColumn('tenant', 'text')
    .addColumn('user_id', 'text')
    .addColumn('claimed_at', 'timestamptz')
    .addColumn('ended_at', 'timestamptz')
    .addColumn('ended_how', 'text')
    .execute();
  await sql`create unique index rule_9_one_open_code_a_person on account_link (person_id) where ended_at is null`.execute(
    db,
  );
}
