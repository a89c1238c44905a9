import ICAL from 'ical.js';
import { badCalendar, type Place } from './ics-fault.ts';

/** From the wall to instants and back. In the repeated hour a start is the first pass and an end the second: closed in doubt. */
export interface WallZone {
  start(wall: Temporal.PlainDateTime): Temporal.Instant;
  end(wall: Temporal.PlainDateTime): Temporal.Instant;
  wallOf(instant: Temporal.Instant): Temporal.PlainDateTime;
}

/** Outlook writes this name for the United Kingdom, mostly with a VTIMEZONE. */
const WINDOWS_NAMES: Readonly<Record<string, string>> = { 'GMT Standard Time': 'Europe/London' };

/**
 * The zones of one file. A known IANA name is judged by this program's own tables, since exporters shorten VTIMEZONE; any
 * other name needs its VTIMEZONE. A zone that is neither is refused, never UTC.
 */
export function zonesOf(calendar: ICAL.Component, own: string) {
  const given = new Map<string, WallZone>();
  for (const component of calendar.getAllSubcomponents('vtimezone')) {
    const tzid = component.getFirstPropertyValue('tzid');
    if (typeof tzid === 'string') given.set(tzid, givenZone(new ICAL.Timezone({ component, tzid })));
  }
  return (tzid: string | null, where: Place): WallZone => {
    if (tzid === null) {
      if (isNamed(own)) return namedZone(own);
      throw badCalendar(`the time zone "${own}" is not known`, where, 'Set the zone of the migration first.');
    }
    const plain = tzid.replace(/^\/(?:[^/]+\.[^/]+\/)*/, '');
    const named = [tzid, plain].find(isNamed);
    if (named !== undefined) return namedZone(named);
    const found = given.get(tzid) ?? namedZoneOrNull(WINDOWS_NAMES[tzid]);
    if (found) return found;
    throw badCalendar(
      `the time zone "${tzid.slice(0, 60)}" is not known and the file does not define it`,
      where,
      'Export it again with its time zones, or in UTC.',
    );
  };
}

export function namedZone(zone: string): WallZone {
  const at = (wall: Temporal.PlainDateTime, disambiguation: 'earlier' | 'later') => {
    const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
    // In the missing hour a boundary takes effect at the first instant after it (rule 11).
    if (!earlier.toPlainDateTime().equals(wall)) {
      const after = earlier.getTimeZoneTransition('next');
      if (after) return after.toInstant();
    }
    return wall.toZonedDateTime(zone, { disambiguation }).toInstant();
  };
  return {
    start: (wall) => at(wall, 'earlier'),
    end: (wall) => at(wall, 'later'),
    wallOf: (instant) => instant.toZonedDateTimeISO(zone).toPlainDateTime(),
  };
}

function namedZoneOrNull(zone: string | undefined): WallZone | null {
  return zone === undefined ? null : namedZone(zone);
}

function givenZone(zone: ICAL.Timezone): WallZone {
  const instantOf = (wall: Temporal.PlainDateTime) => {
    const { year, month, day, hour, minute, second } = wall;
    const time = new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, zone);
    return Temporal.Instant.fromEpochMilliseconds(time.toUnixTime() * 1000);
  };
  return {
    start: instantOf,
    end: instantOf,
    wallOf(instant) {
      const utc = instant.toZonedDateTimeISO('UTC');
      const { year, month, day, hour, minute, second } = utc;
      const time = new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.utcTimezone);
      return Temporal.PlainDateTime.from(time.convertToZone(zone).toString().slice(0, 19));
    },
  };
}

function isNamed(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(zone)) return false;
  try {
    new Temporal.PlainDateTime(2026, 1, 1).toZonedDateTime(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
