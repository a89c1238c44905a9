import { type Kysely, sql } from 'kysely';

/** A key a notice that no mail shows: a report of what became of a mail proves with it that it is about that mail (rule 23). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('notice')
    .addColumn('mail_key', 'text', (c) => c.notNull().defaultTo(sql`replace(gen_random_uuid()::text, '-', '')`))
    .execute();
}
