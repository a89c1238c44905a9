import { type HoursView, windowName } from './hours-view.ts';
import { calendarStops } from './outage-calendar.ts';
import { migrationHours, standing, standingText } from './time-rules.ts';
import type { Stop, Verdict } from './verdict.ts';
import type { Hours } from './working-hours.ts';

/** A migration's hours for a calendar program. Instants are ISO texts. */
export interface HoursFeed {
  readonly migration: string;
  readonly provider: string;
  readonly stamp: string;
  readonly events: readonly HoursEvent[];
}

export interface HoursEvent {
  /** The same for the same thing, however often it is asked for; unique with the host behind it. */
  readonly uid: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'closed' | 'amber' | 'e-rs-outage' | 'freeze' | 'incident' | 'outage' | 'window';
  readonly summary: string;
  readonly text: string;
}

const AHEAD_HOURS = 60 * 24;
/** How far back the beginning of what closes now is looked for, so that it keeps its beginning and its name. */
const BACK_HOURS = 8 * 24;

/** Closed and amber stretches, planned outages of e-RS, freezes, the outage and the reserved windows, from today on. */
export function hoursFeed(view: HoursView): HoursFeed {
  const { migration, now } = view;
  // Whole days, so that a fetch a minute later gives the same events.
  const from = now.round({ smallestUnit: 'hour', roundingIncrement: 24, roundingMode: 'floor' });
  const to = from.add({ hours: AHEAD_HOURS });
  const events = [...stretches(view, from, to), ...stops(view, to), ...reserved(view)];
  return {
    migration: migration.name,
    provider: migration.providerName,
    stamp: now.toString(),
    events: events
      .filter((event) => before(event.from, to) && before(from, event.to))
      .map((event) => ({ ...event, uid: `m${migration.id}-${event.uid}` }))
      .sort((a, b) => Temporal.Instant.compare(a.from, b.from) || (a.uid < b.uid ? -1 : 1)),
  };
}

/** What the evaluator says, neighbours of one verdict as one event with every reason. */
function stretches(view: HoursView, from: Temporal.Instant, to: Temporal.Instant): HoursEvent[] {
  const judge = migrationHours(view.migration, view.rules, view.bankHolidays);
  const start = from.subtract({ hours: BACK_HOURS });
  return merged(judge, start, to).flatMap(({ verdict, from, to, reasons }) => {
    if (verdict === 'open') return [];
    // A stretch that began before all that was looked at has no beginning to be named by.
    const name = from === start.toString() ? 'before' : compact(from);
    return [{ uid: `${verdict}-${name}`, from, to, kind: verdict, ...wordsOf(verdict), text: reasons.join('\n') }];
  });
}

function merged(judge: Hours, from: Temporal.Instant, to: Temporal.Instant) {
  const found: { verdict: Verdict; from: string; to: string; reasons: string[] }[] = [];
  for (const { verdict, reasons, ...span } of judge.intervals(from, to)) {
    const last = found.at(-1);
    const texts = reasons.map((reason) => reason.text);
    if (last?.verdict === verdict) {
      last.to = span.to;
      last.reasons = [...new Set([...last.reasons, ...texts])];
    } else found.push({ verdict, ...span, reasons: texts });
  }
  return found;
}

function wordsOf(verdict: 'closed' | 'amber'): { summary: string } {
  return {
    summary: verdict === 'closed' ? 'Closed for bulk updates' : 'Amber: bulk updates need a second confirmation',
  };
}

/** Each whole, whatever the hours say meanwhile; what has no end yet goes on to the end of the feed. */
function stops({ migration, rules, now }: HoursView, to: Temporal.Instant): HoursEvent[] {
  const { zone } = migration;
  return [
    ...standing(rules.stops, now).map((stop) => ({
      uid: `${stop.rule}-${stop.id}`,
      from: stop.startsAt,
      to: stop.endsAt ?? to.toString(),
      kind: stop.rule,
      summary: stop.rule === 'freeze' ? 'Freeze: no bulk updates' : 'National e-RS incident: no bulk updates',
      text: standingText(stop, zone),
    })),
    ...rules.ersOutages.map((outage) => ersOutage(`e-rs-outage-${outage.id}`, outage, outage.source)),
    ...rules.calendars.flatMap((calendar) =>
      calendarStops(calendar, zone).map((stop) =>
        ersOutage(
          `calendar-${calendar.id}-${compact(stop.from)}-${compact(stop.to ?? '')}`,
          { from: stop.from, to: stop.to ?? to.toString() },
          stop.text,
        ),
      ),
    ),
  ];
}

function ersOutage(uid: string, span: Pick<Stop, 'from'> & { to: string }, text: string): HoursEvent {
  const summary = 'Planned outage of e-RS: no bulk updates';
  return { uid, from: span.from, to: span.to, kind: 'e-rs-outage', summary, text };
}

function reserved({ migration, windows }: HoursView): HoursEvent[] {
  return [
    ...(migration.outage
      ? [
          {
            ...migration.outage,
            uid: 'outage',
            kind: 'outage' as const,
            summary: `Outage: ${migration.providerName} changes its PAS`,
            text: 'From the old PAS going off to the new PAS coming on. This is not the window of the bulk update.',
          },
        ]
      : []),
    ...windows.map((window) => ({
      uid: `plan-${window.plan}-window-${window.position}`,
      from: window.from,
      to: window.to,
      kind: 'window' as const,
      summary: windowName(window),
      text: 'Reserved for a bulk update in e-RS.',
    })),
  ];
}

function before(one: string | Temporal.Instant, other: string | Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

function compact(instant: string): string {
  return instant.replaceAll(/[-:]/g, '');
}
