import type { Database } from '../../db/connect.ts';
import { type NightPackFacts, nightPack } from '../domain/night-pack.ts';
import { neededFor, neededSeconds } from '../domain/opening-needed.ts';
import { migrationStore } from './migrations.ts';
import { organisationStore } from './organisations.ts';
import { peopleStore } from './people.ts';
import { planLifeStore } from './plans-life.ts';
import { plannedServices } from './plans-services.ts';
import { tickSheetStore } from './tick-sheets.ts';
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
      return nightPack({
        plan,
        migration,
        services,
        sheet: await tickSheetStore(db).of(plan.snapshotId, services, now),
        windows: await windowStore(db).of(planId),
        neededSeconds: neededSeconds(neededFor(migration.settings, services.length)),
        holders: await peopleStore(db).holders(migration.id),
        siteName: (code) => names.get(code) ?? code,
        now,
      });
    },
  };
}
