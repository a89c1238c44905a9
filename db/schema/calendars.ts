import type { CalendarOutage } from '../../src/domain/outage-calendar.ts';
import type { Id, Instant, Json, Nullable } from './installation.ts';

/** A calendar of planned e-RS outages with its last good copy: a file as it was sent, or an address that is read again (rule 11). */
export interface OutageCalendarTable {
  id: Id;
  migration_id: number;
  name: string;
  /** May hold a secret: it is never shown. */
  url: Nullable<string>;
  outages: Json<CalendarOutage[]>;
  /** Counts the copies that differed from the one before. */
  version: number;
  copied_at: Instant;
  tried_at: Instant;
  problem: Nullable<string>;
  added_by: number;
  added_at: Instant;
  removed_by: Nullable<number>;
  removed_at: Nullable<Instant>;
}
