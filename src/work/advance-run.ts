import type { Run, RunItem } from '../domain/run.ts';
import { failuresInARow, thresholdReached } from '../domain/run-threshold.ts';
import type { Store } from '../store/store.ts';
import { readDoubtful, sendBatch } from './advance-run-batch.ts';
import { type Drive, driveOf, LEASE_SECONDS, type RunWork } from './advance-run-deps.ts';
import { finishRun } from './advance-run-finish.ts';
import { isTimeToTouch, newPace, notePace, type Pace, secondsToWait } from './advance-run-pace.ts';
import { actOnRun, touchRun } from './advance-run-write.ts';

/** So many requests in a row without an answer pause the run and call for help. */
const UNREACHED_IN_A_ROW = 6;

/**
 * Drives one automated run from its ledger until nothing more can be done now (rules 15, 16). Gives the seconds after which
 * something is due again, or null. Killed at any instant, another call goes on from what was written.
 */
export async function advanceRun(work: RunWork, runId: number, pace: Pace = newPace()): Promise<number | null> {
  const opened = await work.transaction(async (store) => {
    const run = await store.runLedger.renew(runId, work.owner, LEASE_SECONDS);
    return run && { run, migration: await store.migrations.byId(run.migrationId) };
  });
  if (!opened?.migration) return null;
  const limits = await work.executor.limits();
  if (limits.kind === 'unreadable') {
    work.log.warn({ runId, why: limits.why }, 'the automation did not say what it can do');
    return 5;
  }
  const drive = driveOf(work, runId, opened.migration, limits.limits);
  const workers = Math.max(1, opened.migration.settings.batchesAtOnce);
  await Promise.all(Array.from({ length: workers }, () => keepGoing(drive, pace)));
  const due = await finishRun(drive);
  work.posted?.();
  return due === null ? null : Math.max(due, secondsToWait(pace));
}

async function keepGoing(drive: Drive, pace: Pace): Promise<void> {
  for (;;) {
    const task = await nextTask(drive, pace);
    if (task === null) return;
    if (task.kind === 'read') await settleRead(drive, task.run, task.items);
    else await settleBatch(drive, pace, task.run, task.items);
  }
}

type Task = { readonly kind: 'read' | 'send'; readonly run: Run; readonly items: readonly RunItem[] };

/** What to do next, with the intention already written; null when there is nothing, or the run is not ours or not open. */
async function nextTask(drive: Drive, pace: Pace): Promise<Task | null> {
  const { owner, runId, migration, limits } = drive;
  return drive.transaction(async (store): Promise<Task | null> => {
    const run = await store.runLedger.renew(runId, owner, drive.leaseSeconds);
    if (run === null) return null;
    const size = Math.min(migration.settings.batchSize, limits.maximumBatch);
    const doubtful = await store.runLedger.doubtful(runId, owner, size, drive.requestSeconds * 2);
    if (doubtful.length > 0) return { kind: 'read', run, items: doubtful };
    if (secondsToWait(pace) > 0 || (run.state !== 'running' && run.state !== 'rolling-back')) return null;
    const now = drive.clock.now();
    const answer = await drive.gate(store, { run, migration, now, batchSeconds: drive.requestSeconds });
    if (!answer.may) {
      const { how: kind, reason, words } = answer;
      await actOnRun(store, run, migration, { kind, reason, words }, now);
      return null;
    }
    const items = await store.runLedger.intend(run, owner, size, drive.doubtSeconds);
    return items.length > 0 ? { kind: 'send', run, items } : null;
  });
}

async function settleBatch(drive: Drive, pace: Pace, run: Run, items: readonly RunItem[]): Promise<void> {
  const result = await sendBatch(drive, run, items);
  notePace(pace, result);
  await drive.transaction(async (store) => {
    const now = drive.clock.now();
    const newest = await store.runLedger.renew(run.id, drive.owner, drive.leaseSeconds);
    await store.runLedger.settle(run.id, drive.owner, 'applying', result.settled, now.toString());
    if (newest === null || (newest.state !== 'running' && newest.state !== 'rolling-back')) return;
    if (await stopAtThreshold(store, drive, newest, result.failures, now)) return;
    if (pace.unreached >= UNREACHED_IN_A_ROW) {
      const words = `Your automation cannot be reached: ${result.settled[0]?.reason ?? 'no answer'}.`;
      await actOnRun(store, newest, drive.migration, { kind: 'pause', reason: 'automation-unreachable', words }, now);
      return;
    }
    await touchSometimes(store, pace, newest, now);
  });
  drive.posted?.();
}

/** True when it stopped: too many failed, or too many in a row (rule 17). In an undo each one left is for a person, and it goes on. */
async function stopAtThreshold(
  store: Store,
  drive: Drive,
  run: Run,
  failures: readonly boolean[],
  now: Temporal.Instant,
): Promise<boolean> {
  if (run.direction === 'undo' || failures.length === 0) return false;
  const row = failuresInARow(run.failuresInARow, failures);
  if (row.now !== run.failuresInARow) await store.runs.setFailuresInARow(run.id, row.now);
  if (!failures.includes(true)) return false;
  const counts = await store.runItems.counts(run.id);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const words = thresholdReached({ failed: counts.failed, inARow: row.most, total }, drive.migration.settings);
  if (words === null) return false;
  await actOnRun(store, run, drive.migration, { kind: 'stop', reason: 'failure-threshold', words }, now);
  return true;
}

async function settleRead(drive: Drive, run: Run, items: readonly RunItem[]): Promise<void> {
  const settled = await readDoubtful(drive, run, items);
  await drive.transaction(async (store) => {
    const now = drive.clock.now();
    await store.runLedger.settle(run.id, drive.owner, 'applying', settled, now.toString());
    await touchRun(store, run, now);
  });
}

async function touchSometimes(store: Store, pace: Pace, run: Run, now: Temporal.Instant): Promise<void> {
  if (isTimeToTouch(pace)) await touchRun(store, run, now);
}
