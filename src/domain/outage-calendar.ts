import { inWords } from '../kernel/time-words.ts';
import type { Stop } from './verdict.ts';

/** One planned outage out of a calendar: [from, to), ISO instants. */
export interface CalendarOutage {
  readonly from: string;
  readonly to: string;
  readonly title: string;
}

/** A calendar that was just read, from a file or an address. */
export interface ReadCalendar {
  /** The file's name, or the address's host. */
  readonly name: string;
  readonly url: string | null;
  readonly outages: readonly CalendarOutage[];
}

/** A calendar of a migration with its last good copy (rule 11). Instants are ISO texts. */
export interface OutageCalendar extends ReadCalendar {
  readonly id: number;
  readonly addedBy: string;
  /** When the copy that counts was read. */
  readonly copiedAt: string;
  /** When it was looked for last, and what was wrong then; null where nothing was. */
  readonly triedAt: string;
  readonly problem: string | null;
}

/** What a calendar closes. An old copy closes as a fresh one does: only the trust in its silence ends. */
export function calendarStops(calendar: ReadCalendar, zone: string): Stop[] {
  return calendar.outages.map(({ from, to, title }) => ({
    rule: 'e-rs-outage',
    from,
    to,
    source: `calendar ${calendar.name}`,
    text: `e-RS has a planned outage from ${say(from, zone)} to ${say(to, zone)}${title === '' ? '' : ` (${title})`}.`,
  }));
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

/** Reads an iCalendar text: which outages touch [from, to); `zone` for times that name none. Refuses "bad-calendar". */
export type ReadIcs = (
  text: string,
  question: { readonly zone: string; readonly from: Temporal.Instant; readonly to: Temporal.Instant },
) => readonly CalendarOutage[];

/** How far ahead a calendar's repeating outages are worked out: beyond any migration that is planned today. */
const AHEAD_DAYS = 732;

/** What of a calendar is kept: yesterday, for whoever asks why, and two years ahead. */
export function calendarSpan(now: Temporal.Instant): { from: Temporal.Instant; to: Temporal.Instant } {
  return { from: now.subtract({ hours: 24 }), to: now.add({ hours: AHEAD_DAYS * 24 }) };
}
