import type { Database } from '../../db/connect.ts';
import { isBroad, type Selection, select } from '../domain/selection.ts';
import type { Service } from '../domain/service.ts';
import { snapshotStore } from './snapshots.ts';

export interface PlanPoolStore {
  /**
   * What a selection can be judged on without reading the whole snapshot: what it may choose, and every service at the
   * sites of those, so that siblings which stay behind are seen.
   */
  pool(snapshotId: number, selection: Selection): Promise<readonly Service[]>;
}

export function planPoolStore(db: Database): PlanPoolStore {
  const snapshots = snapshotStore(db);
  return {
    async pool(snapshotId, selection) {
      const broad = isBroad(selection) ? await broadly(db, snapshotId, selection) : [];
      const single = selection.ids.length > 0 ? await snapshots.services(snapshotId, { ids: selection.ids }) : [];
      // Whole sites were read at once: there is nothing more to see at them.
      if (takesWholeSites(selection) && single.length === 0) return broad;
      const near = select([...broad, ...single], { ...selection, except: [] });
      const sites = [...new Set(near.map((service) => service.locationOrg))];
      const whole = sites.length > 0 ? await snapshots.services(snapshotId, { sites }) : [];
      const seen = new Set(whole.map((service) => service.serviceId));
      return [...whole, ...single.filter((service) => !seen.has(service.serviceId))];
    },
  };
}

function takesWholeSites({ organisations, sites, specialties, names, systems, priorities }: Selection): boolean {
  return (
    sites.length > 0 && [organisations, specialties, names, systems, priorities].every((list) => list.length === 0)
  );
}

/** A superset of what the lists choose: names, systems and priorities are judged in the domain. */
async function broadly(db: Database, snapshotId: number, selection: Selection): Promise<readonly Service[]> {
  const { organisations, sites, specialties, names } = selection;
  const [name] = names;
  return snapshotStore(db).services(snapshotId, {
    ...(organisations.length > 0 ? { organisations } : {}),
    ...(sites.length > 0 ? { sites } : {}),
    ...(specialties.length > 0 ? { specialties: [...new Set(specialties.flatMap(bothCases))] } : {}),
    ...(names.length === 1 && name !== undefined ? { name } : {}),
  });
}

function bothCases(value: string): string[] {
  return [value, value.toUpperCase(), value.toLowerCase()];
}
