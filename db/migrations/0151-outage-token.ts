import { type Kysely, sql } from 'kysely';

/** The address of a migration's outage as a calendar for its readers: random, one a migration, given to each by the database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('migration')
    .addColumn('outage_token', 'text', (c) =>
      c.notNull().unique().defaultTo(sql`replace(gen_random_uuid()::text, '-', '')`),
    )
    .execute();
}
