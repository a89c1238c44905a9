import { inWords } from '../kernel/time-words.ts';
import type { ErsOutageCheck } from './time-rules.ts';
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

/**
 * The look for planned outages that counts: a person's, or the calendars' where their copies are younger. A file was looked
 * at when it was sent; of several addresses the one that is oldest decides, so that a dead one is noticed (rule 11).
 */
export function lookThatCounts(
  lastCheck: ErsOutageCheck | null,
  calendars: readonly OutageCalendar[],
): ErsOutageCheck | null {
  const addresses = calendars.filter((calendar) => calendar.url !== null).sort(byAge);
  const files = calendars.filter((calendar) => calendar.url === null).sort(byAge);
  const looks = [addresses[0], files.at(-1)].filter((calendar) => calendar !== undefined).map(lookOf);
  return [...looks, ...(lastCheck ? [lastCheck] : [])].reduce<ErsOutageCheck | null>(
    (best, look) => (best === null || Temporal.Instant.compare(look.checkedAt, best.checkedAt) > 0 ? look : best),
    null,
  );
}

function lookOf(calendar: OutageCalendar): ErsOutageCheck {
  return {
    checkedAt: calendar.copiedAt,
    page: `calendar ${calendar.name}`,
    found: calendar.outages.length > 0 ? 'noted' : 'none',
    by: calendar.addedBy,
  };
}

function byAge(one: OutageCalendar, other: OutageCalendar): number {
  return Temporal.Instant.compare(one.copiedAt, other.copiedAt);
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
