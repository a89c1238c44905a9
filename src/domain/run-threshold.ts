import { counted } from '../kernel/time-words.ts';
import type { Settings } from './migration.ts';

export interface Failures {
  readonly failed: number;
  readonly inARow: number;
  readonly total: number;
}

/** Why the run must stop, or null: more than the threshold of all its services failed, or too many one after another (rule 17). */
export function thresholdReached(
  failures: Failures,
  settings: Pick<Settings, 'failureThresholdPercent' | 'failuresInARow'>,
): string | null {
  if (failures.inARow >= settings.failuresInARow) {
    return `${counted(failures.inARow, 'service')} in a row failed.`;
  }
  if (failures.failed * 100 > settings.failureThresholdPercent * failures.total) {
    return `${failures.failed} of ${counted(failures.total, 'service')} failed, more than ${settings.failureThresholdPercent} %.`;
  }
  return null;
}

/** How many in a row have failed once these outcomes are added, in the order in which they were answered; and the most on the way. */
export function failuresInARow(before: number, outcomes: readonly boolean[]): { now: number; most: number } {
  let now = before;
  let most = before;
  for (const failed of outcomes) {
    now = failed ? now + 1 : 0;
    most = Math.max(most, now);
  }
  return { now, most };
}
