import { clockInWords, dayInWords } from '../kernel/time-words.ts';
import { rangesInWords } from './hours-policy.ts';
import { type HoursView, windowName } from './hours-view.ts';
import { migrationHours, policyOf } from './time-rules.ts';
import type { Verdict } from './verdict.ts';
import { holidayOf } from './why.ts';
import type { Hours } from './working-hours.ts';
import { isKnownZone } from './zone-offsets.ts';

/** A week from Monday, for the eye. Times are in words, in the migration's zone. */
export interface HoursWeek {
  readonly migration: string;
  readonly provider: string;
  readonly zone: string;
  /** False: no local time can be told, and everything is closed. There are no days then. */
  readonly zoneKnown: boolean;
  readonly closed: string;
  readonly amber: string;
  /** ISO dates of the Mondays; null beyond what can be asked for. */
  readonly monday: string;
  readonly previous: string | null;
  readonly next: string | null;
  readonly title: string;
  readonly days: readonly HoursDay[];
}

export interface HoursDay {
  readonly date: string;
  readonly name: string;
  readonly today: boolean;
  readonly bankHoliday: string | null;
  /** Said on a day on which the clocks change; null on others. */
  readonly clocks: string | null;
  /** The outage and the reserved windows of that day. */
  readonly marks: readonly {
    readonly kind: 'outage' | 'window' | 'reserve';
    readonly what: string;
    readonly when: string;
  }[];
  readonly parts: readonly {
    readonly verdict: Verdict;
    readonly when: string;
    /** In whole hours, for the height: 1 to 25. */
    readonly length: number;
    readonly reasons: readonly string[];
  }[];
}

/** How far from today a week may be asked for. */
const FARTHEST_DAYS = 800;

/** The week that holds `day` (an ISO date), or today. Null for what is no date, or is too far off. */
export function hoursWeek(view: HoursView, day: string | null): HoursWeek | null {
  const { migration, rules } = view;
  const zoneKnown = isKnownZone(migration.zone);
  const policy = policyOf(migration, rules);
  const about = {
    migration: migration.name,
    provider: migration.providerName,
    zone: migration.zone,
    zoneKnown,
    closed: rangesInWords(policy.closed),
    amber: rangesInWords(policy.amber),
  };
  if (!zoneKnown) return { ...about, monday: '', previous: null, next: null, title: 'Working hours', days: [] };
  const today = view.now.toZonedDateTimeISO(migration.zone).toPlainDate();
  const asked = day === null ? today : dateOf(day);
  if (asked === null || !isNear(asked, today)) return null;
  const monday = asked.subtract({ days: asked.dayOfWeek - 1 });
  const judge = migrationHours(migration, rules, view.bankHolidays);
  const nearby = (date: Temporal.PlainDate) => (isNear(date, today) ? date.toString() : null);
  return {
    ...about,
    monday: monday.toString(),
    previous: nearby(monday.subtract({ days: 7 })),
    next: nearby(monday.add({ days: 7 })),
    title: `Week of ${dayInWords(monday)}`,
    days: [0, 1, 2, 3, 4, 5, 6].map((days) => dayOf(view, judge, monday.add({ days }), today)),
  };
}

function dayOf(view: HoursView, judge: Hours, date: Temporal.PlainDate, today: Temporal.PlainDate): HoursDay {
  const { zone } = view.migration;
  const start = date.toZonedDateTime(zone);
  const [from, to] = [start.toInstant(), date.add({ days: 1 }).toZonedDateTime(zone).toInstant()];
  const moves = start.hoursInDay !== 24;
  const clock = (at: string) => clockOf(at, zone, moves);
  const when = (span: { from: string; to: string }) => {
    const starts = Temporal.Instant.compare(span.from, from) <= 0;
    const ends = Temporal.Instant.compare(span.to, to) >= 0;
    if (starts && ends) return 'all day';
    if (starts) return `until ${clock(span.to)}`;
    return ends ? `from ${clock(span.from)}` : `${clock(span.from)} to ${clock(span.to)}`;
  };
  return {
    date: date.toString(),
    name: dayInWords(date),
    today: date.equals(today),
    bankHoliday: holidayOf(view.bankHolidays, date),
    clocks: moves ? `The clocks change: this day has ${start.hoursInDay} hours.` : null,
    marks: marksOf(view)
      .filter((mark) => Temporal.Instant.compare(mark.from, to) < 0 && Temporal.Instant.compare(mark.to, from) > 0)
      .map((mark) => ({ kind: mark.kind, what: mark.what, when: when(mark) })),
    parts: judge.intervals(from, to).map((interval) => ({
      verdict: interval.verdict,
      when: when(interval),
      length: Math.max(1, Math.round(Temporal.Instant.from(interval.from).until(interval.to).total('hours'))),
      reasons: interval.reasons.map((reason) => reason.text),
    })),
  };
}

function marksOf({ migration, windows }: HoursView) {
  return [
    ...(migration.outage
      ? [{ ...migration.outage, kind: 'outage' as const, what: 'Outage (old PAS off, new PAS not on yet)' }]
      : []),
    ...windows.map((window) => ({
      from: window.from,
      to: window.to,
      kind: window.position === 0 ? ('window' as const) : ('reserve' as const),
      what: windowName(window),
    })),
  ];
}

/** "8pm"; on a day on which the clocks change with the zone's own letters: "1am BST", "1am GMT". */
function clockOf(at: string, zone: string, moves: boolean): string {
  const clock = clockInWords(at, zone);
  if (!moves) return clock;
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' }).formatToParts(
    Temporal.Instant.from(at).epochMilliseconds,
  );
  return `${clock} ${parts.find((part) => part.type === 'timeZoneName')?.value ?? ''}`;
}

function dateOf(day: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  try {
    return Temporal.PlainDate.from(day);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isNear(date: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  return Math.abs(today.until(date).days) <= FARTHEST_DAYS;
}
