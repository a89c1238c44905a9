import { endOf, type IcsEvent, type Length } from './ics-event.ts';
import { BY_HAND, badCalendar } from './ics-fault.ts';
import type { Moment } from './ics-moment.ts';
import { wallsOf } from './ics-recurrence.ts';
import type { WallZone } from './ics-zone.ts';

export interface Occurrence {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  readonly title: string;
}

interface Planned {
  readonly start: Moment;
  readonly length: Length;
}

/** What one UID comes to up to `end`: its series, without exceptions, with what was moved or cancelled since. */
export function occurrencesOf(events: readonly IcsEvent[], end: Temporal.Instant, utc: WallZone): Occurrence[] {
  const newest = withoutOlder(events);
  const series = newest.filter((event) => event.replaces === null);
  const changes = newest.filter((event) => event.replaces !== null);
  const used = new Set<IcsEvent>();
  const found = series.flatMap((event) =>
    event.cancelled ? [] : plannedOf(event, end, utc).flatMap((planned) => changed(planned, event)),
  );
  // A change whose series is not in the file stands for itself.
  const alone = changes.filter((change) => !used.has(change) && !change.cancelled && !belongsToCancelled(series));
  return [...found, ...alone.map((change) => occurrence(change, change.title))];

  function changed(planned: Planned, event: IcsEvent): Occurrence[] {
    const exact = changes.find((change) => !change.andLater && same(change.replaces, planned.start));
    const later = changes
      .filter((change) => change.andLater && change.replaces && !isBefore(planned.start, change.replaces))
      .sort((a, b) => (a.replaces && b.replaces && isBefore(a.replaces, b.replaces) ? 1 : -1))[0];
    const change = exact ?? later;
    if (!change?.replaces) return [occurrence(planned, event.title)];
    used.add(change);
    if (change.cancelled) return [];
    if (change === exact) return [occurrence(change, change.title)];
    const shift = change.replaces.wall.until(change.start.wall);
    const wall = planned.start.wall.add(shift);
    return [occurrence({ start: { ...change.start, wall }, length: change.length }, change.title)];
  }
}

function plannedOf(event: IcsEvent, end: Temporal.Instant, utc: WallZone): Planned[] {
  const { start, length, rules, extra, except, where } = event;
  const walls = rules.length === 0 ? [] : rules.flatMap((rule) => wallsOf(rule, start, end, utc, where));
  const all: Planned[] = [{ start, length }, ...walls.map((wall) => ({ start: { ...start, wall }, length })), ...extra];
  const once = new Map(all.map((planned) => [start.zone.start(planned.start.wall).toString(), planned]));
  if (once.size > MOST) throw badCalendar('an event repeats too many times', where, BY_HAND);
  return [...once.values()].filter((planned) => !except.some((date) => same(date, planned.start)));
}

const MOST = 50_000;

/** A bare date names whatever begins on that day. */
function same(one: Moment | null, other: Moment): boolean {
  if (one === null) return false;
  if (one.isDate) return one.wall.toPlainDate().equals(other.wall.toPlainDate());
  return one.zone.start(one.wall).equals(other.zone.start(other.wall));
}

function isBefore(one: Moment, other: Moment): boolean {
  return Temporal.Instant.compare(one.zone.start(one.wall), other.zone.start(other.wall)) < 0;
}

function withoutOlder(events: readonly IcsEvent[]): IcsEvent[] {
  const newest = new Map<string, IcsEvent>();
  for (const event of events) {
    const key = event.replaces === null ? '' : event.replaces.zone.start(event.replaces.wall).toString();
    const known = newest.get(key);
    if (known === undefined || event.version >= known.version) newest.set(key, event);
  }
  return [...newest.values()];
}

function belongsToCancelled(series: readonly IcsEvent[]): boolean {
  return series.length > 0 && series.every((event) => event.cancelled);
}

function occurrence({ start, length }: Planned, title: string): Occurrence {
  return { from: start.zone.start(start.wall), to: endOf(start, length), title };
}
