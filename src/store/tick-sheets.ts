import type { Database } from '../../db/connect.ts';
import { COMPARISON_HOURS, type Tickable, type TickSheet, tickSheet } from '../domain/tick-sheet.ts';
import { siteComparisonStore } from './site-comparisons.ts';
import { snapshotStore } from './snapshots.ts';

export interface TickSheetStore {
  /** These services as they may be ticked now: a whole site only where its list was compared with the screen (rule 6). */
  of(snapshotId: number, services: readonly Tickable[], now: Temporal.Instant): Promise<TickSheet>;
}

export function tickSheetStore(db: Database): TickSheetStore {
  return {
    async of(snapshotId, services, now) {
      const after = now.subtract({ hours: COMPARISON_HOURS }).toString();
      const compared = await siteComparisonStore(db).since(snapshotId, after);
      if (compared.size === 0) return tickSheet(services);
      const sites = [...new Set([...compared.values()].map(({ site }) => site))];
      const snapshot = await snapshotStore(db).services(snapshotId, { sites });
      const times = new Map([...compared].map(([place, { at }]) => [place, at]));
      return tickSheet(services, snapshot, times, now);
    },
  };
}
