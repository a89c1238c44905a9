import { next, Refusal } from '../kernel/errors.ts';
import { inWords } from '../kernel/time-words.ts';
import type { PlanWindow } from './plan.ts';

export interface Span {
  readonly from: string;
  readonly to: string;
}

/** How many local days lie between two instants: a move keeps its hours on the wall, over a clock change too. */
export function daysBetween(from: string, to: string, zone: string): number {
  const day = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
  return day(from).until(day(to), { largestUnit: 'day' }).days;
}

export function movedBy(span: Span, days: number, zone: string): Span {
  const moved = (instant: string) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(zone).add({ days }).toInstant().toString();
  return { from: moved(span.from), to: moved(span.to) };
}

/**
 * The windows after a move: the chosen one first, then those reserves that still lie ahead of it. What lies before it is
 * given up. At most three reserves stay (rule 8).
 */
export function windowsAfterMove(windows: readonly PlanWindow[], chosen: PlanWindow): readonly PlanWindow[] {
  const later = windows.filter((window) => Temporal.Instant.compare(window.from, chosen.to) >= 0);
  return [chosen, ...later].slice(0, 4);
}

/** A bulk update before the outage would link services to a PAS that is not live yet. */
export function refuseWindowBefore(outage: Span, window: PlanWindow, zone: string): void {
  if (Temporal.Instant.compare(window.from, outage.from) >= 0) return;
  throw new Refusal(
    'window-before-outage',
    `The window would start at ${inWords(window.from, zone)}, before the old PAS is off (${inWords(outage.from, zone)}). Choose a later window, or an earlier outage.`,
    { remedy: [next('Show the windows', 'window')] },
  );
}
