import type { OutageCalendar } from './outage-calendar.ts';
import type { ErsOutageCheck, TimeRules } from './time-rules.ts';

/**
 * The look for planned outages that counts: a person's, or the calendars' where their copies are younger. A file was looked
 * at when it was sent; of several addresses the one that is oldest decides, so that a dead one is noticed (rule 11).
 */
export function lookThatCounts({ lastCheck, calendars }: TimeRules): ErsOutageCheck | null {
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
    by: `sent by ${calendar.addedBy}`,
  };
}

function byAge(one: OutageCalendar, other: OutageCalendar): number {
  return Temporal.Instant.compare(one.copiedAt, other.copiedAt);
}
