import { type Kysely, sql } from 'kysely';

/**
 * Rows of old snapshots are deleted after a while (rules 3, 27): from `rows_deleted_at` on nobody sees them, at `rows_removed_at`
 * the last was taken out. The file of such a snapshot may be imported again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('snapshot')
    .addColumn('rows_deleted_at', 'timestamptz')
    .addColumn('rows_removed_at', 'timestamptz')
    .execute();
  await sql`drop index rule_3_a_file_is_imported_once`.execute(db);
  await sql`create unique index rule_3_a_file_is_imported_once on snapshot
    (migration_id, kind, sha256, coalesce(extract_id, 0)) where number is not null and rows_deleted_at is null`.execute(
    db,
  );
}
