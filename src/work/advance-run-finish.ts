import { closing } from '../domain/run-closing.ts';
import { mayRun } from '../domain/run-decide.ts';
import { confirmApplied } from './advance-run-batch.ts';
import type { Drive } from './advance-run-deps.ts';
import { actOnRun, touchRun } from './advance-run-write.ts';

/** Confirms what a dead process left applied, and closes the run when nothing is open. Gives the seconds until something is due. */
export async function finishRun(drive: Drive): Promise<number | null> {
  await confirmLeftovers(drive);
  return drive.transaction(async (store) => {
    const run = await store.runLedger.renew(drive.runId, drive.owner, drive.leaseSeconds);
    if (run === null) return null;
    const counts = await store.runItems.counts(run.id, run.direction);
    const now = drive.clock.now();
    const action = closing(run, counts);
    if (action !== null && mayRun(run, action.kind)) {
      await actOnRun(store, run, drive.migration, action, now);
      return null;
    }
    await touchRun(store, run, now);
    const driven = run.state === 'running' || run.state === 'rolling-back';
    if (counts.applied > 0 && counts.pending + counts.applying === 0) return 2;
    return driven || counts.applying > 0 ? store.runLedger.nextDue(run) : null;
  });
}

async function confirmLeftovers(drive: Drive): Promise<void> {
  for (;;) {
    const found = await drive.transaction(async (store) => {
      const run = await store.runLedger.renew(drive.runId, drive.owner, drive.leaseSeconds);
      const items = run ? await store.runLedger.unconfirmed(run.id, drive.owner, drive.limits.maximumBatch) : [];
      return run && items.length > 0 ? { run, items } : null;
    });
    if (found === null) return;
    const settled = await confirmApplied(drive, found.run, found.items);
    if (settled.length === 0) return;
    await drive.transaction((store) =>
      store.runLedger.settle(drive.runId, drive.owner, 'applied', settled, drive.clock.now().toString()),
    );
  }
}
