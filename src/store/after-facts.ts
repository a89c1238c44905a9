import type { Database } from '../../db/connect.ts';
import { type AsiFacts, asiFacts } from '../domain/asi-shown.ts';
import type { Migration } from '../domain/migration.ts';
import type { Plan } from '../domain/plan.ts';
import { type ReconcileFacts, reconcileFacts } from '../domain/reconcile-shown.ts';
import { afterStore } from './after.ts';
import { planLifeStore } from './plans-life.ts';
import { reconcileStore } from './reconcile.ts';
import { runStore } from './runs.ts';

/** What the cards of the days after go-live show, for the verbs and for the board alike (rule 26). */
export interface AfterFactsStore {
  asi(migration: Migration, plan: Plan, now: Temporal.Instant, notice: string | null): Promise<AsiFacts>;
  reconcile(migration: Migration, plan: Plan, notice: string | null): Promise<ReconcileFacts>;
}

export function afterFactsStore(db: Database): AfterFactsStore {
  return {
    async asi(migration, plan, now, notice) {
      const after = afterStore(db);
      return asiFacts(
        {
          migration,
          plan,
          services: await planLifeStore(db).services(plan.id),
          counts: await after.asi(plan.id),
          settled: await after.settledAlerts(plan.id),
          startedAt: (await runStore(db).ofPlan(plan.id))[0]?.startedAt ?? null,
          now,
        },
        notice,
      );
    },
    async reconcile(migration, plan, notice) {
      const store = reconcileStore(db);
      return reconcileFacts(
        {
          migration,
          plan,
          services: await planLifeStore(db).services(plan.id),
          readings: await store.readings(plan.id),
          differences: await store.differences(plan.id),
        },
        notice,
      );
    },
  };
}
