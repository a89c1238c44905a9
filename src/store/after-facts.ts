import type { Database } from '../../db/connect.ts';
import { type AsiFacts, asiFacts } from '../domain/asi-shown.ts';
import type { Migration } from '../domain/migration.ts';
import type { Plan } from '../domain/plan.ts';
import { type ReconcileFacts, reconcileFacts } from '../domain/reconcile-shown.ts';
import type { AfterOpen } from '../domain/waiting.ts';
import { afterStore } from './after.ts';
import { extractDueStore } from './extracts-due.ts';
import { findingStore } from './findings.ts';
import { noticeStore } from './notices.ts';
import { planLifeStore } from './plans-life.ts';
import { reconcileStore } from './reconcile.ts';

/** What the cards of the days after go-live show, for the verbs and for the board alike (rule 26). */
export interface AfterFactsStore {
  asi(migration: Migration, plan: Plan, now: Temporal.Instant, notice: string | null): Promise<AsiFacts>;
  /** `site`: of that site alone. */
  reconcile(migration: Migration, plan: Plan, notice: string | null, site?: string | null): Promise<ReconcileFacts>;
  /** What is still wanted of people about plans of the migration that have gone live in the last ten days; the extract for longer. */
  open(migration: Migration, plans: readonly Plan[], now: Temporal.Instant): Promise<readonly AfterOpen[]>;
}

/** So many days after a go-live somebody is still asked. */
export const ASKED_DAYS = 10;

export function afterFactsStore(db: Database): AfterFactsStore {
  const store: AfterFactsStore = {
    async asi(migration, plan, now, notice) {
      const after = afterStore(db);
      return asiFacts(
        {
          migration,
          plan,
          services: await planLifeStore(db).services(plan.id),
          counts: await after.asi(plan.id),
          settled: await after.settledAlerts(plan.id),
          owners: await findingStore(db).owners(plan.id, 'alert'),
          startedAt: (await after.wentLive(plan.id))?.from ?? null,
          now,
        },
        notice,
      );
    },
    async reconcile(migration, plan, notice, site = null) {
      const store = reconcileStore(db);
      return reconcileFacts(
        {
          migration,
          plan,
          services: await planLifeStore(db).services(plan.id),
          readings: await store.readings(plan.id),
          differences: await store.differences(plan.id),
          comparisons: await store.comparisons(plan.id),
          owners: await findingStore(db).owners(plan.id, 'difference'),
        },
        notice,
        site,
      );
    },
    async open(migration, plans, now) {
      const found: AfterOpen[] = [];
      const extracts = new Map(
        (await extractDueStore(db).open(now, migration.id)).map(({ planId, due }) => [planId, due]),
      );
      const live = new Map(
        (await afterStore(db).goneLive(now.subtract({ hours: 24 * ASKED_DAYS }).toString())).map((one) => [
          one.planId,
          one.startedAt,
        ]),
      );
      for (const plan of plans.filter(({ state }) => ASKED.has(state))) {
        const startedAt = live.get(plan.id);
        const extract = extracts.get(plan.id) ?? null;
        if (startedAt !== undefined)
          found.push({ ...(await openOf(db, store, migration, plan, startedAt, now)), extract });
        else if (extract !== null) found.push({ ...NOTHING, plan: plan.number, extract });
      }
      return found;
    },
  };
  return store;
}

const NOTHING = { mornings: [], asiDue: [], unread: 0, completedUntold: false } as const;

const ASKED: ReadonlySet<Plan['state']> = new Set(['verifying', 'stopped', 'completed']);

async function openOf(
  db: Database,
  store: AfterFactsStore,
  migration: Migration,
  plan: Plan,
  startedAt: string,
  now: Temporal.Instant,
): Promise<Omit<AfterOpen, 'extract'>> {
  const { zone, id } = migration;
  const asi = await store.asi(migration, plan, now, null);
  const { read, toRead } = await store.reconcile(migration, plan, null);
  const goLive = Temporal.Instant.from(startedAt).toZonedDateTimeISO(zone).toPlainDate();
  const isMorningAfter = Temporal.PlainDate.compare(now.toZonedDateTimeISO(zone).toPlainDate(), goLive) > 0;
  const sites = new Set((await planLifeStore(db).services(plan.id)).map(({ site }) => site));
  for (const { site, arrived } of await afterStore(db).mornings(plan.id)) if (arrived) sites.delete(site);
  const notices = (await noticeStore(db).list(id)).filter(({ test, planId }) => !test && planId === plan.id);
  return {
    plan: plan.number,
    mornings: isMorningAfter ? [...sites].sort() : [],
    asiDue: asi.due.filter((day) => day !== 'baseline'),
    unread: toRead - read,
    completedUntold: plan.state === 'completed' && !notices.some(({ kind }) => kind === 'completed'),
  };
}
