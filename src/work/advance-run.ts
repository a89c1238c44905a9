import type { Migration } from '../domain/migration.ts';
import type { LedgerItem, Run } from '../domain/run.ts';
import { mayRun } from '../domain/run-decide.ts';
import { waitBeforeRetry } from '../domain/run-outcome.ts';
import { failuresInARow, thresholdReached } from '../domain/run-threshold.ts';
import type { HeldRun } from '../store/runs-ledger.ts';
import type { Store } from '../store/store.ts';
import { type BatchResult, readDoubtful, sendBatch } from './advance-run-batch.ts';
import { type Drive, driveOf, LEASE_SECONDS, type RunWork } from './advance-run-deps.ts';
import { finishRun } from './advance-run-finish.ts';
import {
  isTimeToLook,
  isTimeToTouch,
  newPace,
  notePace,
  noteSent,
  type Pace,
  secondsToWait,
} from './advance-run-pace.ts';
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
  if (pace.limits === null) {
    const limits = await work.executor.limits();
    if (limits.kind === 'unreadable') return waitForAutomation(work, opened.run, opened.migration, pace, limits.why);
    pace.limits = limits.limits;
  }
  const drive = driveOf(work, runId, opened.migration, pace.limits);
  pace.lookedAt = Number.NEGATIVE_INFINITY;
  pace.failuresInARow = opened.run.failuresInARow;
  const workers = Math.max(1, opened.migration.settings.batchesAtOnce);
  // All workers end before the first fault is passed on: none may go on beside the next drive.
  const ended = await Promise.allSettled(Array.from({ length: workers }, () => keepGoing(drive, pace)));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  const due = await finishRun(drive);
  work.posted?.();
  return due === null ? null : Math.max(due, secondsToWait(pace));
}

/** Asked again later; after some time without any answer the run is paused and somebody is called (rule 19). */
async function waitForAutomation(
  work: RunWork,
  run: Run,
  migration: Migration,
  pace: Pace,
  why: string,
): Promise<number | null> {
  work.log.warn({ runId: run.id, why }, 'the automation did not say what it can do');
  const waitSeconds = waitBeforeRetry(1, pace.unreached + 1);
  notePace(pace, { reached: false, waitSeconds });
  if (pace.unreached < UNREACHED_IN_A_ROW) return waitSeconds;
  const words = `Your automation cannot be reached: ${why}.`;
  const paused = await work.transaction(async (store) => {
    // It was asked outside any transaction: somebody may have stopped the run meanwhile, or another process drives it.
    const now = await store.runLedger.renew(run.id, work.owner, LEASE_SECONDS);
    if (now === null || !mayRun(now, 'pause')) return false;
    await actOnRun(store, now, migration, { kind: 'pause', reason: 'automation-unreachable', words }, work.clock.now());
    return true;
  });
  if (!paused) return waitSeconds;
  pace.unreached = 0;
  work.posted?.();
  return null;
}

/**
 * Each turn is one transaction: what came of the last task is settled, and the next one's intention is written. Where all of a
 * batch went well nothing is to be decided by it, so it is settled while the next one is under way.
 */
async function keepGoing(drive: Drive, pace: Pace): Promise<void> {
  let done: Done | null = null;
  for (;;) {
    const later: Done | null = done !== null && wentWell(done) ? done : null;
    const task: Task | null = await turn(drive, pace, later === null ? done : null);
    // Both are waited for before a fault is passed on: nothing may go on beside the next drive.
    const settling = later === null ? null : settleLater(drive, pace, later);
    const both: readonly PromiseSettledResult<Done | null | undefined>[] = await Promise.allSettled([
      task && carryOut(drive, pace, task),
      settling?.then(() => null),
    ]);
    const fault = both.find((one) => one.status === 'rejected');
    if (fault) throw fault.reason;
    if (done !== null) drive.posted?.();
    if (both[0]?.status !== 'fulfilled' || !both[0].value) return;
    done = both[0].value;
  }
}

function wentWell(done: Done): boolean {
  return done.kind === 'send' && done.settled.every(({ state }) => state === 'confirmed' || state === 'undone');
}

async function settleLater(drive: Drive, pace: Pace, done: Done): Promise<void> {
  await drive.transaction(async (store) => {
    const now = drive.clock.now();
    await store.runLedger.settle(drive.runId, drive.owner, 'applying', done.settled, now.toString());
    if (!isTimeToTouch(pace)) return;
    const run = await store.runs.byId(drive.runId);
    if (run !== null) await touchRun(store, run, now);
  });
}

interface Task {
  readonly kind: 'read' | 'send';
  readonly run: Run;
  readonly items: readonly LedgerItem[];
}

/** What came of a task, to be settled. */
interface Done extends BatchResult {
  readonly kind: Task['kind'];
  /** The most failures in a row on the way. */
  readonly inARow: number;
}

async function carryOut(drive: Drive, pace: Pace, task: Task): Promise<Done> {
  if (task.kind === 'read') {
    const settled = await readDoubtful(drive, task.run, task.items);
    return { kind: 'read', settled, failures: [], reached: true, waitSeconds: null, inARow: 0 };
  }
  const result = await sendBatch(drive, task.run, task.items);
  notePace(pace, result);
  const row = failuresInARow(pace.failuresInARow, result.failures);
  pace.failuresInARow = row.now;
  return { kind: 'send', ...result, inARow: row.most };
}

/** Null when there is nothing to do, or the run is not ours, held, or not open. */
async function turn(drive: Drive, pace: Pace, done: Done | null): Promise<Task | null> {
  return drive.transaction(async (store) => {
    if (done !== null) {
      const now = drive.clock.now().toString();
      await store.runLedger.settle(drive.runId, drive.owner, 'applying', done.settled, now);
    }
    const run = await store.runLedger.renew(drive.runId, drive.owner, drive.leaseSeconds);
    if (run === null) return null;
    if (done !== null && (done.kind === 'read' || isTimeToTouch(pace))) await touchRun(store, run, drive.clock.now());
    if (done !== null && (await holdAfter(store, drive, pace, run, done))) return null;
    return nextTask(store, drive, pace, run);
  });
}

async function nextTask(store: Store, drive: Drive, pace: Pace, run: HeldRun): Promise<Task | null> {
  const { owner, migration, limits } = drive;
  const size = Math.min(migration.settings.batchSize, limits.maximumBatch);
  const doubtful = isTimeToLook(pace)
    ? await store.runLedger.doubtful(run.id, owner, size, drive.requestSeconds * 2)
    : [];
  if (doubtful.length === size) pace.lookedAt = Number.NEGATIVE_INFINITY;
  if (doubtful.length > 0) return { kind: 'read', run, items: doubtful };
  if (secondsToWait(pace) > 0 || !isDriven(run)) return null;
  const now = drive.clock.now();
  const answer = await drive.gate(store, { run, migration, now, batchSeconds: drive.requestSeconds });
  if (!answer.may) {
    const { how: kind, reason, words } = answer;
    await actOnRun(store, run, migration, { kind, reason, words }, now);
    return null;
  }
  const items = await store.runLedger.intend(run, owner, size, drive.doubtSeconds);
  noteSent(pace, items.length, migration.settings.servicesPerMinute);
  return items.length > 0 ? { kind: 'send', run, items } : null;
}

/**
 * Too many failed, too many in a row, or nobody answers: held, and somebody is called (rules 17, 19). True where it was. In an
 * undo each one left is for a person, and it goes on.
 */
async function holdAfter(store: Store, drive: Drive, pace: Pace, run: Run, done: Done): Promise<boolean> {
  if (done.kind === 'read' || !isDriven(run)) return false;
  const now = drive.clock.now();
  if (pace.unreached >= UNREACHED_IN_A_ROW) {
    const words = `Your automation cannot be reached: ${done.settled[0]?.reason ?? 'no answer'}.`;
    await actOnRun(store, run, drive.migration, { kind: 'pause', reason: 'automation-unreachable', words }, now);
    return true;
  }
  if (run.direction === 'undo' || !done.failures.includes(true)) return false;
  await store.runs.setFailuresInARow(run.id, pace.failuresInARow);
  const counts = await store.runItems.counts(run.id);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const failed = counts.failed + counts['needs-a-person'];
  const words = thresholdReached({ failed, inARow: done.inARow, total }, drive.migration.settings);
  if (words === null) return false;
  await actOnRun(store, run, drive.migration, { kind: 'stop', reason: 'failure-threshold', words }, now);
  return true;
}

function isDriven({ state }: Run): boolean {
  return state === 'running' || state === 'rolling-back';
}
