import { type Kysely, sql } from 'kysely';

/**
 * A comparison of a site's list with the live screen that did not match, kept until it is cleared up: by a later one that
 * matches, or by a person with a reason (rules 6, 15). Null where it matched.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('site_comparison')
    .addColumn('differs_by', 'integer')
    .addColumn('accepted_because', 'text')
    .execute();
  await sql`alter table site_comparison add constraint only_a_difference_is_accepted
    check (accepted_because is null or differs_by is not null)`.execute(db);
}
