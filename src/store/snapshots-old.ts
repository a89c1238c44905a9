import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { FileKind } from '../domain/extract.ts';

/** What the record keeps of a snapshot whose rows go. */
export interface ForgottenSnapshot {
  readonly id: number;
  readonly number: number | null;
  readonly kind: FileKind;
  readonly sha256: string;
  readonly taken: string | null;
  readonly rows: number;
  readonly services: number;
}

/** Snapshots past their time (rules 3, 27). */
export interface OldSnapshotStore {
  /**
   * From now on nobody sees the rows of the snapshots that a newer one replaced before this instant and that no plan names, but
   * for plans that were over by then. Each once, also across replicas.
   */
  forget(migrationId: number, before: string, now: string): Promise<readonly ForgottenSnapshot[]>;
  /** Takes out at most so many rows of one forgotten snapshot; false: there is nothing left to take out. */
  removeSome(rows: number): Promise<boolean>;
}

const TABLES = ['service', 'organisation', 'supplement_row', 'recipient_row', 'import_flaw'] as const;

export function oldSnapshotStore(db: Database): OldSnapshotStore {
  return {
    async forget(migrationId, before, now) {
      const { rows } = await sql<ForgottenSnapshot>`
        update snapshot old set rows_deleted_at = ${now}::timestamptz
        where migration_id = ${migrationId} and status = 'published' and rows_deleted_at is null
          and exists (select from snapshot newer where newer.migration_id = old.migration_id
            and newer.status = 'published' and newer.published_at <= ${before}::timestamptz and newer.id <> old.id
            and case when old.number is null then newer.kind = old.kind and newer.id > old.id else newer.number > old.number end)
          and not exists (select from plan where plan.snapshot_id = old.id
            and not (plan.state in ('completed', 'rolled-back', 'withdrawn', 'expired')
              and plan.state_since <= ${before}::timestamptz))
        returning id, number, kind, sha256, taken, rows_read as "rows", services`.execute(db);
      return [...rows].sort((one, other) => one.id - other.id);
    },
    async removeSome(limit) {
      const next = await db
        .selectFrom('snapshot')
        .select('id')
        .where('rows_deleted_at', 'is not', null)
        .where('rows_removed_at', 'is', null)
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (!next) return false;
      for (const table of TABLES) {
        const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ctid = any (array(
          select ctid from ${sql.table(table)} where snapshot_id = ${next.id} limit ${limit}))`.execute(db);
        if ((numAffectedRows ?? 0n) > 0n) return true;
      }
      await db
        .updateTable('snapshot')
        .set({ rows_removed_at: sql`clock_timestamp()` })
        .where('id', '=', next.id)
        .execute();
      return true;
    },
  };
}
