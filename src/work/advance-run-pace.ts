import { waitBeforeRetry } from '../domain/run-outcome.ts';
import type { ExecutorLimits } from '../ports/executor.ts';
import type { BatchResult } from './advance-run-batch.ts';

/** How it goes with an automation, by the machine's time; shared by the workers of one run. */
export interface Pace {
  /** Requests in a row without an answer; those sent side by side count once. */
  unreached: number;
  /** Nothing is sent before. */
  waitUntil: number;
  /** No further batch is begun before, so that the rate that is set is kept. */
  sendFrom: number;
  touchedAt: number;
  /** When services in doubt were looked for last. */
  lookedAt: number;
  /** Only this process drives the run, so that it counts them itself; the ledger keeps them from the first failure on. */
  failuresInARow: number;
  /** What the automation declares of itself, asked once; null before it has said so. */
  limits: ExecutorLimits | null;
}

const TOUCH_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 500;

export function newPace(): Pace {
  const never = Number.NEGATIVE_INFINITY;
  return {
    unreached: 0,
    waitUntil: 0,
    sendFrom: 0,
    touchedAt: never,
    lookedAt: never,
    failuresInARow: 0,
    limits: null,
  };
}

export function secondsToWait(pace: Pace): number {
  return Math.max(0, (Math.max(pace.waitUntil, pace.sendFrom) - performance.now()) / 1000);
}

/** So many services are sent: the next ones come when the rate allows. */
export function noteSent(pace: Pace, services: number, perMinute: number | null): void {
  if (!perMinute) return;
  pace.sendFrom = Math.max(pace.sendFrom, performance.now()) + (services * 60_000) / perMinute;
}

/** After an answer it goes on at once; after "wait" or no answer all workers wait, longer each time. One lost answer alone stops nobody. */
export function notePace(pace: Pace, result: Pick<BatchResult, 'reached' | 'waitSeconds'>): void {
  if (result.reached) {
    pace.unreached = 0;
    return;
  }
  if (pace.waitUntil > performance.now()) return;
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

/** What is in doubt is due by seconds, so it is looked for at most so often; when all batches are done, the ledger says what is due. */
export function isTimeToLook(pace: Pace): boolean {
  if (performance.now() - pace.lookedAt < LOOK_EVERY_MS) return false;
  pace.lookedAt = performance.now();
  return true;
}
