import { type Kysely, sql } from 'kysely';

/** Roles lent for a time, and votes cast with a lent role (rule 9). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('role_grant')
    .addColumn('lent_by', 'integer', (c) => c.references('person.id'))
    .addColumn('lent_until', 'timestamptz')
    .execute();
  await sql`create unique index rule_9_a_role_is_lent_once on role_grant (migration_id, lent_by, role)
    where revoked_at is null and lent_by is not null`.execute(db);
  await sql`create index role_grant_lent on role_grant (lent_until) where revoked_at is null and lent_by is not null`.execute(
    db,
  );
  await db.schema.alterTable('vote').addColumn('lent', 'jsonb').execute();
}
