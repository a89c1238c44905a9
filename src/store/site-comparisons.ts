import type { Database } from '../../db/connect.ts';

export interface SiteComparison {
  readonly organisation: string;
  readonly site: string;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  /** How many more the screen listed than the import; null where they matched. */
  readonly differsBy: number | null;
  /** Why a difference does not matter; null where nobody said so. */
  readonly acceptedBecause: string | null;
}

export interface SiteComparisonStore {
  record(
    snapshotId: number,
    place: { organisation: string; site: string },
    found: { personId: number; at: string; differsBy: number | null; acceptedBecause: string | null },
  ): Promise<void>;
  /** The newest that matched of each site, by "organisation/site", made after this instant; a later difference takes it away. */
  since(snapshotId: number, after: string): Promise<ReadonlyMap<string, SiteComparison>>;
  /** The newest of each site, matching or not, whenever it was made. */
  newest(snapshotId: number): Promise<readonly SiteComparison[]>;
}

export function siteComparisonStore(db: Database): SiteComparisonStore {
  const newest: SiteComparisonStore['newest'] = async (snapshotId) => {
    const rows = await db
      .selectFrom('site_comparison')
      .innerJoin('person', 'person.id', 'site_comparison.person_id')
      .select([
        'organisation',
        'site',
        'person.name as by',
        'at',
        'differs_by as differsBy',
        'accepted_because as acceptedBecause',
      ])
      .where('snapshot_id', '=', snapshotId)
      .orderBy('site_comparison.id')
      .execute();
    return [...new Map(rows.map((row) => [placeOf(row), row])).values()];
  };
  return {
    newest,
    async record(snapshotId, { organisation, site }, { personId, at, differsBy, acceptedBecause }) {
      await db
        .insertInto('site_comparison')
        .values({
          snapshot_id: snapshotId,
          organisation,
          site,
          person_id: personId,
          at,
          differs_by: differsBy,
          accepted_because: acceptedBecause,
        })
        .execute();
    },
    async since(snapshotId, after) {
      const from = Temporal.Instant.from(after);
      const matched = (await newest(snapshotId)).filter(
        ({ at, differsBy }) => differsBy === null && Temporal.Instant.compare(at, from) >= 0,
      );
      return new Map(matched.map((row) => [placeOf(row), row]));
    },
  };
}

function placeOf({ organisation, site }: Pick<SiteComparison, 'organisation' | 'site'>): string {
  return `${organisation}/${site}`;
}
