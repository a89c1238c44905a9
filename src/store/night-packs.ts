import type { Database } from '../../db/connect.ts';
import { type NightPackFacts, nightPack } from '../domain/night-pack.ts';
import { neededFor, neededSeconds } from '../domain/opening-needed.ts';
import { COMPARISON_HOURS, tickSheet } from '../domain/tick-sheet.ts';
import { migrationStore } from './migrations.ts';
import { organisationStore } from './organisations.ts';
import { peopleStore } from './people.ts';
import { planLifeStore } from './plans-life.ts';
import { plannedServices } from './plans-services.ts';
import { siteComparisonStore } from './site-comparisons.ts';
import { snapshotStore } from './snapshots.ts';
import { windowStore } from './windows.ts';

export interface NightPackStore {
  /** What the night pack of a plan says now; null where there is no such plan (rule 30). */
  facts(planId: number, now: Temporal.Instant): Promise<NightPackFacts | null>;
}

export function nightPackStore(db: Database): NightPackStore {
  return {
    async facts(planId, now) {
      const plan = await planLifeStore(db).byId(planId);
      const migration = plan && (await migrationStore(db).byId(plan.migrationId));
      if (!plan || !migration) return null;
      const services = await plannedServices(db, planId);
      const names = await organisationStore(db).names(migration.id, [...new Set(services.map(({ site }) => site))]);
      const after = now.subtract({ hours: COMPARISON_HOURS }).toString();
      const compared = await siteComparisonStore(db).since(plan.snapshotId, after);
      const sites = [...new Set([...compared.values()].map(({ site }) => site))];
      const snapshot = sites.length > 0 ? await snapshotStore(db).services(plan.snapshotId, { sites }) : [];
      const times = new Map([...compared].map(([place, { at }]) => [place, at]));
      return nightPack({
        plan,
        migration,
        services,
        sheet: tickSheet(services, snapshot, times, now),
        windows: await windowStore(db).of(planId),
        neededSeconds: neededSeconds(neededFor(migration.settings, services.length)),
        holders: await peopleStore(db).holders(migration.id),
        siteName: (code) => names.get(code) ?? code,
        now,
      });
    },
  };
}
