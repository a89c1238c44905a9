import type { Database } from '../../db/connect.ts';
import type { FileKind } from '../domain/extract.ts';
import type { Organisation } from '../domain/organisation.ts';

/** What the newest ODS files of a migration say. Practices for notices are asked of `store.recipients`. */
export interface OrganisationStore {
  /** Code to name, of those that are known. */
  names(migrationId: number, codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  byCode(migrationId: number, code: string): Promise<Organisation | null>;
  counts(migrationId: number): Promise<readonly { readonly kind: Organisation['kind']; readonly active: number }[]>;
}

export function organisationStore(db: Database): OrganisationStore {
  const newest = (migrationId: number) =>
    db
      .selectFrom('snapshot')
      .select((eb) => eb.fn.max('id').as('id'))
      .where('migration_id', '=', migrationId)
      .where('status', '=', 'published')
      .where('kind', 'in', ['practices', 'trusts'] satisfies FileKind[])
      .groupBy('kind');
  return {
    async names(migrationId, codes) {
      if (codes.length === 0) return new Map();
      const rows = await db
        .selectFrom('organisation')
        .select(['code', 'name'])
        .where('snapshot_id', 'in', newest(migrationId))
        .where('code', 'in', [...new Set(codes)])
        .execute();
      return new Map(rows.map((row) => [row.code, row.name]));
    },
    async byCode(migrationId, code) {
      const row = await db
        .selectFrom('organisation')
        .select(['code', 'name', 'kind', 'parent', 'commissioner', 'telephone', 'opened', 'closed', 'active'])
        .where('snapshot_id', 'in', newest(migrationId))
        .where('code', '=', code)
        .limit(1)
        .executeTakeFirst();
      return row ?? null;
    },
    async counts(migrationId) {
      return db
        .selectFrom('organisation')
        .select('kind')
        .select((eb) => eb.fn.countAll<number>().filterWhere('active', '=', true).as('active'))
        .where('snapshot_id', 'in', newest(migrationId))
        .groupBy('kind')
        .orderBy('kind')
        .execute();
    },
  };
}
