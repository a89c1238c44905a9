import type { HoursEvent, HoursFeed } from '../../src/domain/hours-feed.ts';
import { escaped, icsText, utc } from '../ics-lines.ts';

const CATEGORIES = {
  closed: 'Closed',
  amber: 'Amber',
  'e-rs-outage': 'e-RS outage',
  freeze: 'Freeze',
  incident: 'Incident',
  outage: 'PAS outage',
  window: 'Window',
} as const satisfies Record<HoursEvent['kind'], string>;

/** The hours as a calendar to subscribe to (RFC 5545), in UTC so that no time zone can be got wrong. `host` makes the UIDs unique. */
export function hoursCalendar(feed: HoursFeed, host: string): string {
  const name = escaped(`Bulk update hours: ${feed.migration}`);
  return icsText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Changeover//Working hours//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...feed.events.flatMap((event) => eventLines(event, feed, host)),
    'END:VCALENDAR',
  ]);
}

/** Transparent: nobody is busy because bulk updates are closed. */
function eventLines(event: HoursEvent, feed: HoursFeed, host: string): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}@${host}`,
    `DTSTAMP:${utc(feed.stamp)}`,
    `DTSTART:${utc(event.from)}`,
    `DTEND:${utc(event.to)}`,
    `SUMMARY:${escaped(event.summary)}`,
    `DESCRIPTION:${escaped(`${event.text}\n${feed.migration}, ${feed.provider}`)}`,
    `CATEGORIES:${CATEGORIES[event.kind]}`,
    'STATUS:CONFIRMED',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}
