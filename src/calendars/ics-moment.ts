import type ICAL from 'ical.js';
import { BY_HAND, badCalendar, type Place } from './ics-fault.ts';
import type { WallZone } from './ics-zone.ts';

/** A time as the file says it: on the wall, with the zone of that wall. */
export interface Moment {
  readonly wall: Temporal.PlainDateTime;
  readonly zone: WallZone;
  readonly isDate: boolean;
}

export type ZoneOf = (tzid: string | null, where: Place) => WallZone;

/** A property's values as they stand in the file; a PERIOD gives its start and what it says of its end. */
export function momentsOf(
  property: ICAL.Property,
  zoneOf: ZoneOf,
  utc: WallZone,
  where: Place,
): { start: Moment; end: Moment | Temporal.Duration | null }[] {
  const tzid = property.getParameter('tzid');
  const zone = () => zoneOf(typeof tzid === 'string' ? tzid : null, where);
  const read = (text: unknown) => momentOf(String(text), zone, utc, property.name, where);
  // Index 3 on: [name, parameters, type, value, value…].
  return (property.toJSON() as unknown[]).slice(3).map((value) => {
    if (!Array.isArray(value)) return { start: read(value), end: null };
    const [start, end] = value.map(String);
    return { start: read(start), end: end?.startsWith('P') ? durationOf(end, where) : read(end) };
  });
}

export function durationOf(text: string, where: Place): Temporal.Duration {
  try {
    const duration = Temporal.Duration.from(text);
    if (duration.sign > 0) return duration;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw badCalendar(`"${text.slice(0, 40)}" is not a length of time`, where, BY_HAND);
}

function momentOf(text: string, zone: () => WallZone, utc: WallZone, name: string, where: Place): Moment {
  const isUtc = text.endsWith('Z');
  try {
    return {
      wall: Temporal.PlainDateTime.from(isUtc ? text.slice(0, -1) : text, { overflow: 'reject' }),
      zone: isUtc ? utc : zone(),
      isDate: !text.includes('T'),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badCalendar(`${name.toUpperCase()} is "${text.slice(0, 40)}", which is not a time`, where, BY_HAND);
  }
}
