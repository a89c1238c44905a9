import type { Migration } from './migration.ts';
import { neededFor } from './opening-needed.ts';
import type { Run } from './run.ts';
import { type BatchVerdict, batchVerdict } from './run-gate.ts';
import type { Hours } from './working-hours.ts';

/** What of a run its next batch is judged by. */
export type BatchOf = Pick<Run, 'window' | 'amberReason' | 'direction'>;

/** May the next batch, or the next press of Update, begin (rule 13)? An undo is what the reserve was kept for (rule 18). */
export function judgeBatch(
  run: BatchOf,
  hours: Hours,
  settings: Migration['settings'],
  now: Temporal.Instant,
  batchSeconds: number,
): BatchVerdict {
  const { verificationReserveSeconds, rollbackReserveSeconds } = neededFor(settings, 0);
  const reserveSeconds = run.direction === 'undo' ? 0 : verificationReserveSeconds + rollbackReserveSeconds;
  return batchVerdict({ hours, now, window: run.window, batchSeconds, reserveSeconds, amberReason: run.amberReason });
}
