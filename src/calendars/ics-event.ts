import ICAL from 'ical.js';
import { BY_HAND, badCalendar, type Place } from './ics-fault.ts';
import { durationOf, type Moment, momentsOf, type ZoneOf } from './ics-moment.ts';
import type { WallZone } from './ics-zone.ts';

/** How long: days by the wall, the rest exact; so that 8pm to 6am ends at 6am on every night, as the calendar shows it. */
export type Length =
  | { readonly kind: 'wall'; readonly duration: Temporal.Duration }
  | { readonly kind: 'exact'; readonly duration: Temporal.Duration };

/** One VEVENT as it stands in the file. */
export interface IcsEvent {
  readonly uid: string;
  readonly title: string;
  readonly where: Place;
  readonly start: Moment;
  readonly length: Length;
  readonly cancelled: boolean;
  /** Which of the series it replaces; null for the series itself. */
  readonly replaces: Moment | null;
  /** It replaces all later ones too (RANGE=THISANDFUTURE). */
  readonly andLater: boolean;
  readonly rules: readonly ICAL.Recur[];
  readonly extra: readonly { readonly start: Moment; readonly length: Length }[];
  readonly except: readonly Moment[];
  /** The newest wins where a UID stands twice. */
  readonly version: number;
}

export function readEvent(event: ICAL.Component, line: number, zoneOf: ZoneOf, utc: WallZone): IcsEvent {
  const title = textOf(event, 'summary').replace(/\s+/g, ' ').trim().slice(0, 120);
  const where: Place = { line, title };
  const moments = (name: string) =>
    event.getAllProperties(name).flatMap((property) => momentsOf(property, zoneOf, utc, where));
  const start = moments('dtstart')[0]?.start;
  if (!start) throw badCalendar('an event has no start (DTSTART)', where, BY_HAND);
  const length = lengthOf(event, start, moments('dtend')[0]?.start ?? null, where);
  const replaced = event.getFirstProperty('recurrence-id');
  if (event.getFirstProperty('exrule')) throw badCalendar('an event has an EXRULE', where, BY_HAND);
  return {
    uid: textOf(event, 'uid') || `line ${line}`,
    title,
    where,
    start,
    length,
    cancelled: /^cancelled$/i.test(textOf(event, 'status')),
    replaces: replaced ? (moments('recurrence-id')[0]?.start ?? null) : null,
    andLater: /^thisandfuture$/i.test(String(replaced?.getParameter('range') ?? '')),
    rules: event.getAllProperties('rrule').map((property) => ruleOf(property, where)),
    extra: moments('rdate').map((date) => ({ start: date.start, length: extraLength(date, length, where) })),
    except: moments('exdate').map((date) => date.start),
    version: Number(event.getFirstPropertyValue('sequence') ?? 0) || 0,
  };
}

export function endOf(start: Moment, length: Length): Temporal.Instant {
  if (length.kind === 'wall') return start.zone.end(start.wall.add(length.duration));
  const { years, months, weeks, days } = length.duration;
  const day = start.zone.start(start.wall.add({ years, months, weeks, days }));
  return day.add(length.duration.with({ years: 0, months: 0, weeks: 0, days: 0 }));
}

function lengthOf(event: ICAL.Component, start: Moment, end: Moment | null, where: Place): Length {
  if (end) return between(start, end, where);
  const property = event.getFirstProperty('duration');
  if (property) return { kind: 'exact', duration: durationOf(String((property.toJSON() as unknown[])[3]), where) };
  if (start.isDate) return { kind: 'wall', duration: Temporal.Duration.from({ days: 1 }) };
  throw badCalendar('an event has no end (DTEND or DURATION)', where, BY_HAND);
}

function between(start: Moment, end: Moment, where: Place): Length {
  const wall = end.zone === start.zone || end.isDate ? end.wall : start.zone.wallOf(end.zone.end(end.wall));
  const duration = start.wall.until(wall, { largestUnit: 'day' });
  if (Temporal.Instant.compare(end.zone.end(end.wall), start.zone.start(start.wall)) > 0 && duration.sign > 0) {
    return { kind: 'wall', duration };
  }
  // Some programs end a one-day event on the day on which it starts.
  if (start.isDate && end.isDate && duration.sign === 0)
    return { kind: 'wall', duration: Temporal.Duration.from('P1D') };
  throw badCalendar('an event ends before it starts', where, BY_HAND);
}

function extraLength(
  date: { start: Moment; end: Moment | Temporal.Duration | null },
  own: Length,
  where: Place,
): Length {
  if (date.end === null) return own;
  return date.end instanceof Temporal.Duration
    ? { kind: 'exact', duration: date.end }
    : between(date.start, date.end, where);
}

function ruleOf(property: ICAL.Property, where: Place): ICAL.Recur {
  const rule = property.getFirstValue();
  if (rule instanceof ICAL.Recur) return rule;
  throw badCalendar('an event repeats by a rule that cannot be read', where, BY_HAND);
}

function textOf(event: ICAL.Component, name: string): string {
  const value = event.getFirstPropertyValue(name);
  return value === null || value === undefined ? '' : String(value);
}
