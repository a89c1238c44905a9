import { escaped, icsText, utc } from '../ics-lines.ts';
import { versionPage } from './mail-version.ts';
import type { Version } from './words.ts';

/**
 * The outage as a calendar file (RFC 5545, 5546), in UTC so that no time zone can be got wrong. The same UID for the whole
 * migration, in whatever languages; a change raises SEQUENCE; a cancelled outage is METHOD:CANCEL (rule 22). Null for a
 * notice without an event.
 */
export function calendarFile(
  versions: readonly Version[],
  pageUrl: string,
  organiser: string,
): { method: 'PUBLISH' | 'CANCEL'; text: string } | null {
  const method = versions[0]?.facts.calendar.method ?? null;
  const event = eventLines(versions, pageUrl, organiser);
  if (method === null || event === null) return null;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Changeover//Outage notice//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...event,
    'END:VCALENDAR',
  ];
  return { method, text: icsText(lines) };
}

/** The event alone, for the mail's file and for the calendar to subscribe to; null for a notice without one. */
export function eventLines(
  versions: readonly Version[],
  pageUrl: string,
  organiser: string,
  titled: (version: Version, summary: string) => string = (_, summary) => summary,
): readonly string[] | null {
  const [{ facts } = { facts: null }] = versions;
  if (facts === null || facts.calendar.method === null || facts.outage === null) return null;
  const { provider, services, calendar, outage } = facts;
  const summary = versions
    .map((one) => titled(one, one.voice.say('calendar.summary', { provider: provider.name })))
    .join(' / ');
  const about = versions.map(({ voice }) =>
    voice.say('calendar.about', {
      services: voice.services(services.count),
      provider: provider.name,
      page: versionPage(pageUrl, { voice }),
    }),
  );
  return [
    'BEGIN:VEVENT',
    `UID:${calendar.uid}`,
    `SEQUENCE:${calendar.sequence}`,
    `DTSTAMP:${utc(calendar.stamp)}`,
    `DTSTART:${utc(outage.from)}`,
    `DTEND:${utc(outage.to)}`,
    `ORGANIZER;CN="${provider.name.replaceAll('"', '')}":mailto:${organiser}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(about.join('\n\n'))}`,
    `URL:${pageUrl}`,
    `STATUS:${calendar.method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
    'CLASS:PUBLIC',
    'END:VEVENT',
  ];
}
