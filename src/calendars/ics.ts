import ICAL from 'ical.js';
import type { CalendarOutage } from '../domain/outage-calendar.ts';
import { findPatientData } from '../domain/patient-data.ts';
import { readEvent } from './ics-event.ts';
import { badCalendar, EXPORT_AGAIN } from './ics-fault.ts';
import { occurrencesOf } from './ics-series.ts';
import { namedZone, zonesOf } from './ics-zone.ts';

export interface IcsQuestion {
  /** IANA zone for all-day events and times without a zone: the migration's. */
  readonly zone: string;
  /** Which outages are wanted: those that touch [from, to). */
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

const MOST_OUTAGES = 5_000;

/**
 * The planned outages in an iCalendar file (RFC 5545): every event that is not cancelled, repeated by its rules, by time.
 * Read whole or refused ("bad-calendar": what, on which line, what to do): a calendar half read would leave time open.
 */
export function readIcs(text: string, { zone, from, to }: IcsQuestion): readonly CalendarOutage[] {
  const lines = linesOfEvents(text);
  const utc = namedZone('UTC');
  const found = componentsOf(text).flatMap((calendar) => {
    if (/^cancel$/i.test(String(calendar.getFirstPropertyValue('method') ?? ''))) {
      lines.splice(0, calendar.getAllSubcomponents('vevent').length);
      return [];
    }
    const zoneOf = zonesOf(calendar, zone);
    const events = calendar
      .getAllSubcomponents('vevent')
      .map((event) => understood(() => readEvent(event, lines.shift() ?? 1, zoneOf, utc)));
    const byUid = Map.groupBy(events, (event) => event.uid);
    return [...byUid.values()].flatMap((series) => understood(() => occurrencesOf(series, to, utc)));
  });
  const wanted = found
    .filter((one) => Temporal.Instant.compare(one.to, from) > 0 && Temporal.Instant.compare(one.from, to) < 0)
    .sort((one, other) => Temporal.Instant.compare(one.from, other.from));
  if (wanted.length > MOST_OUTAGES) {
    throw badCalendar(`it holds more than ${MOST_OUTAGES} outages`, null, 'Send a calendar of planned outages alone.');
  }
  if (wanted.some((one) => findPatientData(one.title))) {
    throw badCalendar('a title looks like patient data', null, 'Send a calendar of planned outages alone.');
  }
  return wanted.map((one) => ({ from: one.from.toString(), to: one.to.toString(), title: one.title }));
}

function componentsOf(text: string): ICAL.Component[] {
  const plain = text.replace(/^\uFEFF/, '').trim();
  if (!/^BEGIN:VCALENDAR\s*$/im.test(plain.split('\n', 1)[0] ?? '')) {
    throw badCalendar('it does not begin with BEGIN:VCALENDAR, so it is not an iCalendar file', null, EXPORT_AGAIN);
  }
  return understood(() => {
    const parsed = ICAL.parse(plain) as unknown[];
    const each = Array.isArray(parsed[0]) ? parsed : [parsed];
    return each.map((jcal) => new ICAL.Component(jcal as ConstructorParameters<typeof ICAL.Component>[0]));
  });
}

/** What the library cannot read is the file's fault; its own words would mean nothing to people. */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Refusal' || error instanceof TypeError) throw error;
    const ended = /did not end|invalid ical body/i.test(error.message);
    throw badCalendar(ended ? 'it is cut off: a part begins and does not end' : plainFault(error), null, EXPORT_AGAIN);
  }
}

function plainFault(error: Error): string {
  return `it holds something that is not iCalendar (${error.message.replace(/\s+/g, ' ').slice(0, 100)})`;
}

/** The line on which each event begins, in order. */
function linesOfEvents(text: string): number[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => (/^BEGIN:VEVENT\s*$/i.test(line) ? [index + 1] : []));
}
