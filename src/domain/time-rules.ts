import { inWords } from '../kernel/time-words.ts';
import type { BankHolidays } from './bank-holidays.ts';
import { DEFAULT_HOURS, type HoursPolicy } from './hours-policy.ts';
import type { Migration } from './migration.ts';
import { calendarStops, type OutageCalendar } from './outage-calendar.ts';
import type { Stop } from './verdict.ts';
import { type Hours, hours } from './working-hours.ts';

/** A freeze or an incident as it was set. Instants are ISO texts; `endsAt` null while it is open-ended. */
export interface SetStop {
  readonly id: number;
  readonly rule: 'freeze' | 'incident';
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: string;
  readonly liftedBy: string | null;
  readonly liftedAt: string | null;
}

/** A planned outage of e-RS itself, as noted. */
export interface ErsOutage {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly notedBy: string;
  readonly notedAt: string;
}

/** The last look at the live service pages. */
export interface ErsOutageCheck {
  readonly checkedAt: string;
  readonly page: string;
  readonly found: 'none' | 'noted';
  readonly by: string;
}

/** All that a migration's time is judged by, besides the bank holidays. */
export interface TimeRules {
  /** Null: the defaults. */
  readonly policy: HoursPolicy | null;
  readonly stops: readonly SetStop[];
  readonly ersOutages: readonly ErsOutage[];
  readonly calendars: readonly OutageCalendar[];
  readonly lastCheck: ErsOutageCheck | null;
}

/** The evaluator of one migration: every path makes it here (rule 11). */
export function migrationHours(migration: Migration, rules: TimeRules, bankHolidays: BankHolidays): Hours {
  return hours(policyOf(migration, rules), { bankHolidays, stops: stopsOf(rules, migration.zone) });
}

export function policyOf(migration: Pick<Migration, 'zone'>, rules: TimeRules): HoursPolicy {
  return { ...(rules.policy ?? DEFAULT_HOURS), zone: migration.zone };
}

/** Freezes, incidents and planned outages in the form that the evaluator takes; what is lifted ends when it was lifted. */
export function stopsOf(rules: TimeRules, zone: string): Stop[] {
  return [
    ...rules.stops.map((stop) => asStop(stop, zone)),
    ...rules.ersOutages.map((outage) => outageStop(outage, zone)),
    ...rules.calendars.flatMap((calendar) => calendarStops(calendar, zone)),
  ];
}

/** In force at `now`, or still to come. */
export function standing(stops: readonly SetStop[], now: Temporal.Instant): SetStop[] {
  return stops.filter(
    (stop) => stop.liftedAt === null && (stop.endsAt === null || Temporal.Instant.compare(stop.endsAt, now) > 0),
  );
}

function asStop(stop: SetStop, zone: string): Stop {
  const ends = [stop.endsAt, stop.liftedAt].filter((end) => end !== null).sort(Temporal.Instant.compare);
  return {
    rule: stop.rule,
    from: stop.startsAt,
    to: ends[0] ?? null,
    source: `${stop.setBy}, ${say(stop.setAt, zone)}`,
    text: standingText(stop, zone),
  };
}

/** "Bulk updates are frozen from … until …: why." */
export function standingText(stop: SetStop, zone: string): string {
  const what = stop.rule === 'freeze' ? 'Bulk updates are frozen' : 'A national e-RS incident is declared';
  const until = stop.endsAt === null ? 'until it is lifted' : `until ${say(stop.endsAt, zone)}`;
  return `${what} from ${say(stop.startsAt, zone)} ${until}: ${stop.reason}.`;
}

function outageStop(outage: ErsOutage, zone: string): Stop {
  return {
    rule: 'e-rs-outage',
    from: outage.from,
    to: outage.to,
    source: `${outage.source}; ${outage.notedBy}, ${say(outage.notedAt, zone)}`,
    text: `e-RS has a planned outage from ${say(outage.from, zone)} to ${say(outage.to, zone)}.`,
  };
}

/** In an unknown zone no local time can be told: the bare instant is shown. */
function say(instant: string, zone: string): string {
  try {
    return inWords(instant, zone);
  } catch (error) {
    if (error instanceof RangeError) return instant;
    throw error;
  }
}
