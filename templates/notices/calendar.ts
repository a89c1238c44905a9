import type { NoticeFacts } from '../../src/domain/notice.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { escaped, icsText, utc } from '../ics-lines.ts';

/**
 * The outage as a calendar file (RFC 5545, 5546), in UTC so that no time zone can be got wrong. The same UID for the whole
 * migration; a change raises SEQUENCE; a cancelled outage is METHOD:CANCEL (rule 22). Null for a notice without an event.
 */
export function calendarFile(
  facts: NoticeFacts,
  pageUrl: string,
  organiser: string,
): { method: 'PUBLISH' | 'CANCEL'; text: string } | null {
  const { method } = facts.calendar;
  if (method === null || facts.outage === null) return null;
  const { provider, services, calendar, outage } = facts;
  const about = `No booking, changing or cancelling of appointments in e-RS at ${counted(services.count, 'service')} of ${provider.name}. What to do, urgent suspected cancer first: ${pageUrl}`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Changeover//Outage notice//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${calendar.uid}`,
    `SEQUENCE:${calendar.sequence}`,
    `DTSTAMP:${utc(calendar.stamp)}`,
    `DTSTART:${utc(outage.from)}`,
    `DTEND:${utc(outage.to)}`,
    `ORGANIZER;CN="${provider.name.replaceAll('"', '')}":mailto:${organiser}`,
    `SUMMARY:${escaped(`e-RS booking outage: ${provider.name}`)}`,
    `DESCRIPTION:${escaped(about)}`,
    `URL:${pageUrl}`,
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
    'CLASS:PUBLIC',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return { method, text: icsText(lines) };
}
