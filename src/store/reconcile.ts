import type { Database } from '../../db/connect.ts';
import type { Difference, ExtractComparison, KeptDifference, Reading } from '../domain/reconcile.ts';

/** What was found after go-live against the plan, and who put it right (rule 26). */
export interface ReconcileStore {
  /** The newest reading of each service. */
  readings(planId: number): Promise<readonly Reading[]>;
  read(planId: number, readings: readonly { serviceId: string; asid: string }[], by: number, at: string): Promise<void>;
  /** By site and service; what is settled keeps who and why. */
  differences(planId: number): Promise<readonly KeptDifference[]>;
  /**
   * What this source finds now: new ones are added, known ones keep when they were found first, what it no longer finds goes unless a person settled it.
   * A newer extract shows every service, so what only an older one found goes too.
   */
  found(planId: number, source: string, differences: readonly Difference[], at: string): Promise<void>;
  /** What was settled and is seen again, by this source, is open again; the record keeps how it was settled. */
  reopen(planId: number, source: string, serviceIds: readonly string[]): Promise<void>;
  /** That this extract was compared; the last time counts. */
  compared(
    planId: number,
    snapshotId: number,
    came: Pick<ExtractComparison, 'asPlanned' | 'differences'>,
    by: number,
    at: string,
  ): Promise<void>;
  /** Each extract that the plan was compared with, the oldest first. */
  comparisons(planId: number): Promise<readonly ExtractComparison[]>;
  /** Settles every open one of these services. Gives how many. */
  settle(planId: number, serviceIds: readonly string[], note: string, by: number, at: string): Promise<number>;
}

export function reconcileStore(db: Database): ReconcileStore {
  return {
    async readings(planId) {
      const rows = await db
        .selectFrom('screen_reading')
        .innerJoin('person', 'person.id', 'screen_reading.by_id')
        .select(['service_id as serviceId', 'asid', 'person.name as by', 'at'])
        .where('plan_id', '=', planId)
        .orderBy('screen_reading.id')
        .execute();
      return [...new Map(rows.map((row) => [row.serviceId, row])).values()];
    },
    async read(planId, readings, by, at) {
      if (readings.length === 0) return;
      await db
        .insertInto('screen_reading')
        .values(
          readings.map(({ serviceId, asid }) => ({ plan_id: planId, service_id: serviceId, asid, by_id: by, at })),
        )
        .execute();
    },
    async differences(planId) {
      const rows = await db
        .selectFrom('plan_difference')
        .leftJoin('person', 'person.id', 'plan_difference.settled_by')
        .selectAll('plan_difference')
        .select('person.name as settler')
        .where('plan_id', '=', planId)
        .orderBy('site')
        .orderBy('service_id')
        .orderBy('found_at')
        .execute();
      return rows.map((row) => ({
        serviceId: row.service_id,
        name: row.name,
        site: row.site,
        kind: row.kind,
        detail: row.detail,
        source: row.source,
        foundAt: row.found_at,
        settled:
          row.settled_at === null
            ? null
            : { by: row.settler ?? 'somebody', at: row.settled_at, note: row.settled_note ?? '' },
      }));
    },
    async found(planId, source, differences, at) {
      const ids = differences.map(({ serviceId }) => serviceId);
      await db
        .deleteFrom('plan_difference')
        .where('plan_id', '=', planId)
        .where('source', '=', source)
        .where('settled_at', 'is', null)
        .$if(ids.length > 0, (gone) => gone.where('service_id', 'not in', ids))
        .execute();
      const since = source === 'screen' ? new Map<string, string>() : await foundBefore(db, planId, source);
      if (differences.length === 0) return;
      await db
        .insertInto('plan_difference')
        .values(
          differences.map(({ serviceId, ...rest }) => ({
            ...rest,
            plan_id: planId,
            source,
            service_id: serviceId,
            found_at: since.get(serviceId) ?? at,
          })),
        )
        .onConflict((conflict) =>
          conflict
            .constraint('rule_26_a_difference_is_found_once')
            .doUpdateSet((row) => ({ kind: row.ref('excluded.kind'), detail: row.ref('excluded.detail') }))
            .where('plan_difference.settled_at', 'is', null),
        )
        .execute();
    },
    async reopen(planId, source, serviceIds) {
      if (serviceIds.length === 0) return;
      await db
        .updateTable('plan_difference')
        .set({ settled_by: null, settled_at: null, settled_note: null })
        .where('plan_id', '=', planId)
        .where('source', '=', source)
        .where('service_id', 'in', [...serviceIds])
        .execute();
    },
    async compared(planId, snapshotId, { asPlanned, differences }, by, at) {
      const came = { as_planned: asPlanned, differences, by_id: by, at };
      await db
        .insertInto('extract_comparison')
        .values({ plan_id: planId, snapshot_id: snapshotId, ...came })
        .onConflict((conflict) => conflict.constraint('rule_26_compared_once_an_extract').doUpdateSet(came))
        .execute();
    },
    async comparisons(planId) {
      const rows = await db
        .selectFrom('extract_comparison')
        .innerJoin('snapshot', 'snapshot.id', 'extract_comparison.snapshot_id')
        .innerJoin('person', 'person.id', 'extract_comparison.by_id')
        .select(['snapshot.number as snapshot', 'snapshot.taken', 'person.name as by', 'extract_comparison.at'])
        .select(['as_planned as asPlanned', 'differences'])
        .where('plan_id', '=', planId)
        .orderBy('snapshot.number')
        .execute();
      return rows.map((row) => ({ ...row, snapshot: row.snapshot ?? 0, taken: row.taken ?? '' }));
    },
    async settle(planId, serviceIds, note, by, at) {
      const { numUpdatedRows } = await db
        .updateTable('plan_difference')
        .set({ settled_by: by, settled_at: at, settled_note: note })
        .where('plan_id', '=', planId)
        .where('service_id', 'in', [...serviceIds])
        .where('settled_at', 'is', null)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}

/** Takes away what earlier extracts found and nobody has settled; gives when each was found first. */
async function foundBefore(db: Database, planId: number, source: string): Promise<Map<string, string>> {
  const rows = await db
    .deleteFrom('plan_difference')
    .where('plan_id', '=', planId)
    .where('source', 'not in', ['screen', source])
    .where('settled_at', 'is', null)
    .returning(['service_id', 'found_at'])
    .execute();
  return new Map(rows.map(({ service_id, found_at }) => [service_id, found_at]));
}
