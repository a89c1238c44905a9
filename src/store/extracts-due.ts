import type { Database } from '../../db/connect.ts';
import { goLiveDay } from '../domain/asi-shown.ts';
import { type ExtractDue, extractDue, firstDay } from '../domain/extract-due.ts';
import { afterStore } from './after.ts';
import { migrationStore } from './migrations.ts';
import { planLifeStore } from './plans-life.ts';
import { reconcileStore } from './reconcile.ts';
import { snapshotStore } from './snapshots.ts';

/** A plan whose full comparison with an extract of after its run is still wanted (rule 26). */
export interface PlanExtractDue {
  readonly planId: number;
  readonly migrationId: number;
  readonly due: Exclude<ExtractDue, null>;
  /** The first day on which there can be such an extract, in the migration's zone. */
  readonly from: Temporal.PlainDate;
}

export interface ExtractDueStore {
  /** By plan, of all migrations or of one, while the go-live is not long ago. */
  open(now: Temporal.Instant, migrationId?: number): Promise<readonly PlanExtractDue[]>;
}

/** Long enough for the extract of the run's own month, which comes in the month after it. */
const DAYS = 60;

export function extractDueStore(db: Database): ExtractDueStore {
  return {
    async open(now, only) {
      const found: PlanExtractDue[] = [];
      for (const { planId, migrationId } of await afterStore(db).goneLive(
        now.subtract({ hours: 24 * DAYS }).toString(),
      )) {
        if (only !== undefined && migrationId !== only) continue;
        const migration = await migrationStore(db).byId(migrationId);
        const plan = await planLifeStore(db).byId(planId);
        const live = await afterStore(db).wentLive(planId);
        const goLive = migration && goLiveDay(live?.until ?? null, migration.zone);
        if (!migration || !goLive) continue;
        // The extract that the plan was made from shows nothing of its run, whatever day it is of.
        const newest = await snapshotStore(db).current(migrationId);
        const due = extractDue({
          goLive,
          today: now.toZonedDateTimeISO(migration.zone).toPlainDate(),
          newest: newest === null || newest.id === plan?.snapshotId ? null : newest.taken,
          compared: (await reconcileStore(db).comparisons(planId)).at(-1)?.taken ?? null,
        });
        if (due !== null) found.push({ planId, migrationId, due, from: firstDay(goLive) });
      }
      return found;
    },
  };
}
