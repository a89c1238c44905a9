import type { Database } from '../../db/connect.ts';

export interface SiteComparison {
  readonly organisation: string;
  readonly site: string;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
}

export interface SiteComparisonStore {
  record(
    snapshotId: number,
    place: { organisation: string; site: string },
    personId: number,
    at: string,
  ): Promise<void>;
  /** The newest of each site, by "organisation/site", made after this instant. */
  since(snapshotId: number, after: string): Promise<ReadonlyMap<string, SiteComparison>>;
}

export function siteComparisonStore(db: Database): SiteComparisonStore {
  return {
    async record(snapshotId, { organisation, site }, personId, at) {
      await db
        .insertInto('site_comparison')
        .values({ snapshot_id: snapshotId, organisation, site, person_id: personId, at })
        .execute();
    },
    async since(snapshotId, after) {
      const rows = await db
        .selectFrom('site_comparison')
        .innerJoin('person', 'person.id', 'site_comparison.person_id')
        .select(['organisation', 'site', 'person.name as by', 'at'])
        .where('snapshot_id', '=', snapshotId)
        .where('at', '>=', after)
        .orderBy('site_comparison.id')
        .execute();
      return new Map(rows.map((row) => [`${row.organisation}/${row.site}`, row]));
    },
  };
}
