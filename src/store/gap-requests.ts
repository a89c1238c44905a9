import type { Database } from '../../db/connect.ts';

/** Somebody was asked to complete a site's contact details. `at` is an ISO instant. */
export interface GapRequest {
  readonly site: string;
  readonly asked: string;
  readonly by: string;
  readonly at: string;
}

export interface GapRequestStore {
  add(migrationId: number, request: { site: string; asked: string; personId: number; at: string }): Promise<void>;
  /** The newest of each site. */
  newest(migrationId: number): Promise<ReadonlyMap<string, GapRequest>>;
}

export function gapRequestStore(db: Database): GapRequestStore {
  return {
    async add(migrationId, { site, asked, personId, at }) {
      await db
        .insertInto('gap_request')
        .values({ migration_id: migrationId, site, asked, by_id: personId, at })
        .execute();
    },
    async newest(migrationId) {
      const rows = await db
        .selectFrom('gap_request')
        .innerJoin('person', 'person.id', 'gap_request.by_id')
        .select(['site', 'asked', 'person.name as by', 'at'])
        .where('migration_id', '=', migrationId)
        .orderBy('gap_request.id')
        .execute();
      return new Map(rows.map((row) => [row.site, row]));
    },
  };
}
