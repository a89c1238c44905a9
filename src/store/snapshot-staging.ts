import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { FileKind } from '../domain/extract.ts';
import type { Flaw, FlawCode } from '../domain/extract-flaw.ts';
import type { NewFile, StagedFile, StagedTotals } from '../domain/extract-staged.ts';
import type { RecipientRow } from '../domain/recipient.ts';
import { type StagedRowsStore, stagedRowsStore } from './snapshot-rows.ts';

/** An import on its way in: under a snapshot that nobody sees until it is published, in one short transaction. */
export interface StagingStore extends StagedRowsStore {
  /** A published import of the very same bytes, where importing them again would change nothing (rule 3). */
  known(migrationId: number, kind: FileKind, sha256: string, extractId: number | null): Promise<StagedFile | null>;
  begin(file: NewFile): Promise<number>;
  /** All rows are in; it waits to be published. */
  finish(id: number, totals: StagedTotals): Promise<void>;
  file(id: number): Promise<StagedFile | null>;
  /** Makes it seen; services get the migration's next number. Or says why not: its base is no longer the newest, or the same file came first. */
  publish(id: number, at: string): Promise<'published' | 'base-moved' | 'known'>;
  /** States another month end for an extract and all that was laid over it. */
  redate(extractId: number, taken: string): Promise<void>;
  /** The first of a file's flaws, by line. */
  flaws(id: number, limit: number): Promise<readonly Flaw[]>;
  /** Hands the checked rows over; they are not kept here. */
  takeRecipients(id: number): Promise<readonly RecipientRow[]>;
  discard(id: number): Promise<void>;
  /** Removes what a crash left behind: unpublished for over an hour by the database's own clock. */
  sweep(): Promise<number>;
}

export function stagingStore(db: Database): StagingStore {
  const rows = stagedRowsStore(db);
  const store: StagingStore = {
    ...rows,
    async known(migrationId, kind, sha256, extractId) {
      const numbered = kind === 'extract' || kind === 'supplement';
      let query = db
        .selectFrom('snapshot')
        .selectAll()
        .where('migration_id', '=', migrationId)
        .where('kind', '=', kind)
        .where('status', '=', 'published')
        .where('rows_deleted_at', 'is', null);
      if (kind === 'supplement') query = query.where('extract_id', '=', extractId);
      const all = await query.orderBy('id', 'desc').execute();
      // Of a list only the newest counts: sending an earlier one again puts it back.
      const row = numbered
        ? all.find((one) => one.sha256 === sha256)
        : all.slice(0, 1).find((one) => one.sha256 === sha256);
      return row ? fileOf(row) : null;
    },
    async begin(file) {
      const { id } = await db
        .insertInto('snapshot')
        .values({
          migration_id: file.migrationId,
          number: null,
          kind: file.kind,
          base_id: file.baseId,
          extract_id: file.extractId,
          file_name: file.fileName,
          sha256: file.sha256,
          encoding: file.encoding,
          taken: file.taken,
          columns: JSON.stringify(file.columns),
          flaw_counts: '{}',
          imported_by: file.personId,
          touched_at: sql`clock_timestamp()`,
          published_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async finish(id, totals) {
      await db
        .updateTable('snapshot')
        .set({
          status: 'staged',
          rows_read: totals.rowsRead,
          services: totals.services,
          elsewhere: totals.elsewhere,
          errors: totals.errors,
          warnings: totals.warnings,
          flaw_counts: JSON.stringify(totals.flawCounts),
          touched_at: sql`clock_timestamp()`,
        })
        .where('id', '=', id)
        .execute();
    },
    async file(id) {
      const row = await db.selectFrom('snapshot').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? fileOf(row) : null;
    },
    async publish(id, at) {
      const file = await store.file(id);
      if (!file) throw new Error(`The import ${id} that was to be published is gone.`);
      // The migration's row is the lock: numbers are given one after another.
      await db.selectFrom('migration').select('id').where('id', '=', file.migrationId).forUpdate().execute();
      const newest = await db
        .selectFrom('snapshot')
        .select(['id', 'number'])
        .where('migration_id', '=', file.migrationId)
        .where('number', 'is not', null)
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (file.kind === 'supplement' && newest?.id !== file.baseId) return 'base-moved';
      if (await store.known(file.migrationId, file.kind, file.sha256, file.extractId)) return 'known';
      const numbered = file.kind === 'extract' || file.kind === 'supplement';
      await db
        .updateTable('snapshot')
        .set({ status: 'published', published_at: at, number: numbered ? (newest?.number ?? 0) + 1 : null })
        .where('id', '=', id)
        .execute();
      return 'published';
    },
    async redate(extractId, taken) {
      await db
        .updateTable('snapshot')
        .set({ taken })
        .where((eb) => eb.or([eb('id', '=', extractId), eb('extract_id', '=', extractId)]))
        .execute();
    },
    async flaws(id, limit) {
      const found = await db
        .selectFrom('import_flaw')
        .selectAll()
        .where('snapshot_id', '=', id)
        .orderBy('line')
        .orderBy('seq')
        .limit(limit)
        .execute();
      return found.map((row) => ({
        code: row.code as FlawCode,
        line: row.line,
        column: row.column_name,
        value: row.value,
        otherLine: row.other_line,
      }));
    },
    async takeRecipients(id) {
      const found = await db
        .deleteFrom('recipient_row')
        .where('snapshot_id', '=', id)
        .returning(['line', 'row'])
        .execute();
      return found.sort((a, b) => a.line - b.line).map(({ row }) => row as RecipientRow);
    },
    async discard(id) {
      await rows.removeRows(id);
      await db.deleteFrom('snapshot').where('id', '=', id).where('status', '!=', 'published').execute();
    },
    async sweep() {
      const left = await db
        .selectFrom('snapshot')
        .select('id')
        .where('status', '!=', 'published')
        .where('touched_at', '<', sql<string>`clock_timestamp() - interval '1 hour'`)
        .execute();
      for (const { id } of left) await store.discard(id);
      return left.length;
    },
  };
  return store;
}

function fileOf(row: {
  id: number;
  migration_id: number;
  number: number | null;
  kind: FileKind;
  status: 'loading' | 'staged' | 'published';
  base_id: number | null;
  extract_id: number | null;
  file_name: string;
  sha256: string;
  encoding: string;
  taken: string | null;
  columns: readonly string[];
  rows_read: number;
  services: number;
  elsewhere: number;
  errors: number;
  warnings: number;
  flaw_counts: object;
  imported_by: number;
}): StagedFile {
  return {
    id: row.id,
    migrationId: row.migration_id,
    number: row.number,
    kind: row.kind,
    status: row.status,
    baseId: row.base_id,
    extractId: row.extract_id,
    fileName: row.file_name,
    sha256: row.sha256,
    encoding: row.encoding,
    taken: row.taken,
    columns: row.columns,
    personId: row.imported_by,
    rowsRead: row.rows_read,
    services: row.services,
    elsewhere: row.elsewhere,
    errors: row.errors,
    warnings: row.warnings,
    flawCounts: row.flaw_counts as StagedTotals['flawCounts'],
  };
}
