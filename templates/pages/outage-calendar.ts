import type { NoticeFacts } from '../../src/domain/notice.ts';
import type { Language } from '../../src/kernel/voice.ts';
import { escaped, icsText, utc } from '../ics-lines.ts';
import { eventLines } from '../notices/calendar.ts';
import { englishVersion, welshVersion } from '../notices/words.ts';

/**
 * The outage as a calendar to subscribe to (RFC 5545; the names of RFC 7986): one event, the very one of the mails, with
 * their UID and SEQUENCE. A cancelled one stays, and says so in its title too: not every program heeds STATUS. In Welsh
 * and English where that is asked for and there. Null for a notice without an event.
 */
export function outageCalendar(
  facts: NoticeFacts,
  pageUrl: string,
  organiser: string,
  language: Language,
): string | null {
  const welsh = language === 'cy' ? welshVersion(facts) : null;
  const versions = [...(welsh ? [welsh] : []), englishVersion(facts)];
  const event = eventLines(versions, pageUrl, organiser, ({ voice }, summary) =>
    facts.calendar.method === 'CANCEL' ? voice.say('calendar.cancelled', { summary }) : summary,
  );
  if (event === null) return null;
  const provider = facts.provider.name;
  const name = escaped(versions.map(({ voice }) => voice.say('calendar.name', { provider })).join(' / '));
  return icsText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Changeover//Outage notice//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `UID:feed-${facts.calendar.uid}`,
    `LAST-MODIFIED:${utc(facts.calendar.stamp)}`,
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...event,
    'END:VCALENDAR',
  ]);
}
