import { advanceRun } from './advance-run.ts';
import { LEASE_SECONDS, type RunWork } from './advance-run-deps.ts';
import { newPace, type Pace } from './advance-run-pace.ts';
import { callAfterWindow, callBeforeClosing } from './advance-run-window.ts';

export interface RunLoop {
  /** Something may be due now: a run was started, resumed or retried. */
  wake(): void;
  /** Ends after the batches in flight were settled. */
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;
/** A run is looked at again after so long at most: a person may have changed it. */
const LONGEST_REST_MS = 5_000;

/** Drives every automated run that nobody else drives, and calls when a window is about to close (rules 16, 19). */
export function startRunLoop(work: RunWork): RunLoop {
  const driving = new Map<number, Promise<void>>();
  const paces = new Map<number, Pace>();
  const notBefore = new Map<number, number>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> | null = null;

  function wake() {
    if (stopped || ticking !== null) return;
    clearTimeout(timer);
    ticking = tick()
      .catch((err: unknown) => work.log.error({ err }, 'the run loop could not reach the database'))
      .finally(() => {
        ticking = null;
        wakeIn(EVERY_MS);
      });
  }

  function wakeIn(milliseconds: number) {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(wake, Math.min(EVERY_MS, milliseconds));
  }

  async function tick() {
    const ids = await work.transaction((store) => store.runLedger.take(work.owner, LEASE_SECONDS));
    for (const id of ids) {
      if (!driving.has(id) && (notBefore.get(id) ?? 0) <= performance.now()) driving.set(id, drive(id));
    }
    const called = await work.transaction(async (store) => {
      const now = work.clock.now();
      const before = await callBeforeClosing(store, now);
      return (await callAfterWindow(store, now)) || before;
    });
    if (called) work.posted?.();
  }

  async function drive(id: number) {
    const renewal = setInterval(() => renew(id), (LEASE_SECONDS * 1000) / 3);
    try {
      const pace = paces.get(id) ?? newPace();
      paces.set(id, pace);
      const due = await advanceRun(work, id, pace);
      rest(id, due);
    } catch (err) {
      work.log.error({ err, runId: id }, 'a run could not go on; it is tried again');
    } finally {
      clearInterval(renewal);
      await work
        .transaction((store) => store.runLedger.letGo(id, work.owner))
        .catch(() => work.log.warn({ runId: id }, 'a lease stays until it ends'));
      driving.delete(id);
    }
  }

  function rest(id: number, dueSeconds: number | null) {
    const milliseconds = Math.min(LONGEST_REST_MS, (dueSeconds ?? 0) * 1000);
    notBefore.set(id, performance.now() + milliseconds);
    if (dueSeconds !== null && ticking === null) wakeIn(milliseconds);
  }

  function renew(id: number) {
    work
      .transaction((store) => store.runLedger.renew(id, work.owner, LEASE_SECONDS))
      .catch((err: unknown) => work.log.warn({ err, runId: id }, 'a lease could not be renewed'));
  }

  wake();
  return {
    wake() {
      notBefore.clear();
      wake();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await ticking;
      await Promise.all(driving.values());
    },
  };
}
