import { setImmediate } from 'node:timers/promises';
import type { Log } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import { startWokenLoop, type WokenLoop } from './woken-loop.ts';

export interface RemoveRowsWork {
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** At most so many rows in one transaction. */
  readonly rows: number;
}

/** So few that nobody waits for them, embedded either. */
const ROWS = 1_000;
const EVERY_MS = 60_000;

/** Takes out the rows of forgotten snapshots, in many short transactions: killed at any instant, it goes on from what is left. */
export async function removeSnapshotRows(
  { transaction, rows }: RemoveRowsWork,
  stopping: () => boolean,
): Promise<void> {
  while (!stopping() && (await transaction((store) => store.oldSnapshots.removeSome(rows)))) {
    // Embedded, a query runs on the event loop: without this nobody else would have a turn until all is out.
    await setImmediate();
  }
}

/** Looks every minute, or at once when woken. */
export function startRowRemoval(parts: Pick<RemoveRowsWork, 'transaction'> & { readonly log: Log }): WokenLoop {
  return startWokenLoop(
    EVERY_MS,
    (stopping) => removeSnapshotRows({ transaction: parts.transaction, rows: ROWS }, stopping),
    (err) => parts.log.error({ err }, 'rows of old snapshots could not be removed; tried again'),
  );
}
