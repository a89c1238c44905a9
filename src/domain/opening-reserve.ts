import { next, Refusal } from '../kernel/errors.ts';
import { inWords, lengthInWords } from '../kernel/time-words.ts';
import { neededSeconds } from './opening-needed.ts';
import type { PlanWindow } from './plan.ts';
import { type Needed, windowVerdict } from './run-gate.ts';
import type { Hours } from './working-hours.ts';

/** A window and three reserves (rule 8). */
const MOST = 4;
const SLACK_MINUTES = 120;
const HALF_HOUR = 1_800_000;

/** The window that a start alone asks for: the run, its reserves and two hours to spare, but no longer than time stays free. */
export function windowFrom(hours: Hours, from: Temporal.Instant, needed: Needed, zone: string): PlanWindow {
  const wanted = from.add({ seconds: neededSeconds(needed), minutes: SLACK_MINUTES }).epochMilliseconds;
  const halfHour = Temporal.Instant.fromEpochMilliseconds(Math.ceil(wanted / HALF_HOUR) * HALF_HOUR);
  // An end at 12am reads as the wrong day.
  const rounded = halfHour.toZonedDateTimeISO(zone).hour === 0 ? halfHour.add({ minutes: 30 }) : halfHour;
  const closed = hours.intervals(from, rounded).find((interval) => interval.verdict === 'closed');
  const free = closed && closed.from !== from.toString() ? closed.from : rounded.toString();
  return { from: from.toString(), to: free };
}

/**
 * Adds a window to those reserved, in order: the first is the window, the next three its reserves. Refused: past, closed or
 * too short at the planned time (rule 13), overlapping another one, or a fifth.
 */
export function reserve(
  asked: { hours: Hours; needed: Needed; zone: string; now: Temporal.Instant },
  windows: readonly PlanWindow[],
  window: PlanWindow,
): readonly PlanWindow[] {
  const { hours, needed, zone, now } = asked;
  const openings = () => hours.openings(now, neededSeconds(needed), 3).map((opening) => inWords(opening.from, zone));
  const refuse = (code: string, text: string): never => {
    const found = openings();
    const ahead = found.length > 0 ? ` Next openings that fit: ${found.join('; ')}.` : '';
    throw new Refusal(code, `${text}${ahead}`, {
      remedy: [next('Choose another', 'window'), next('Why?', 'why', { at: window.from })],
    });
  };
  if (Temporal.Instant.compare(window.from, window.to) >= 0)
    refuse('window-backwards', 'That window ends before it starts.');
  if (Temporal.Instant.compare(window.from, now) < 0)
    refuse('window-past', `${inWords(window.from, zone)} has passed.`);
  const { fits, reasons } = windowVerdict(hours, window, needed);
  if (reasons[0])
    refuse(reasons[0].rule, `That window cannot be reserved: ${reasons.map((reason) => reason.text).join(' ')}`);
  if (!fits) {
    refuse(
      'does-not-fit',
      `The run needs ${lengthInWords(neededSeconds(needed))} with checks and a way back, and that window is shorter.`,
    );
  }
  const other = windows.find((taken) => overlap(taken, window));
  if (other)
    refuse('window-overlaps', `It overlaps the window at ${inWords(other.from, zone)} that this plan has already.`);
  if (windows.length >= MOST) {
    throw new Refusal('windows-full', 'A plan has one window and at most three reserves. Take one off first.', {
      remedy: [next('Show the windows', 'window')],
    });
  }
  return [...windows, window];
}

/** Those that have not ended yet, in their order. */
export function windowsAhead(windows: readonly PlanWindow[], now: Temporal.Instant): readonly PlanWindow[] {
  return windows.filter((window) => Temporal.Instant.compare(window.to, now) > 0);
}

function overlap(one: PlanWindow, other: PlanWindow): boolean {
  return Temporal.Instant.compare(one.from, other.to) < 0 && Temporal.Instant.compare(other.from, one.to) < 0;
}
