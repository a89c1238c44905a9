import { waitBeforeRetry } from '../domain/run-outcome.ts';
import type { BatchResult } from './advance-run-batch.ts';

/** How it goes with an automation, by the machine's time; shared by the workers of one run. */
export interface Pace {
  /** Requests in a row without an answer; those sent side by side count once. */
  unreached: number;
  /** Nothing is sent before. */
  waitUntil: number;
  touchedAt: number;
}

const TOUCH_EVERY_MS = 1_000;

export function newPace(): Pace {
  return { unreached: 0, waitUntil: 0, touchedAt: Number.NEGATIVE_INFINITY };
}

export function secondsToWait(pace: Pace): number {
  return Math.max(0, (pace.waitUntil - performance.now()) / 1000);
}

/** After an answer it goes on at once; after "wait" or no answer all workers wait, longer each time. One lost answer alone stops nobody. */
export function notePace(pace: Pace, result: Pick<BatchResult, 'reached' | 'waitSeconds'>): void {
  if (result.reached) {
    pace.unreached = 0;
    return;
  }
  if (secondsToWait(pace) > 0) return;
  pace.unreached += 1;
  const seconds = result.waitSeconds ?? (pace.unreached > 1 ? waitBeforeRetry(1, pace.unreached) : 0);
  pace.waitUntil = performance.now() + seconds * 1000;
}

/** Progress edits one card at most once a second: only to spare effort. */
export function isTimeToTouch(pace: Pace): boolean {
  if (performance.now() - pace.touchedAt < TOUCH_EVERY_MS) return false;
  pace.touchedAt = performance.now();
  return true;
}
