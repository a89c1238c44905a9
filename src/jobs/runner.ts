import { CronJob } from 'cron';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import type { Job } from './job.ts';

export interface RunnerParts {
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  readonly jobs: readonly Job[];
  /** The domain clock: in rehearsal it can be moved, and `wake` is called then. */
  readonly clock: Clock;
  /** The loops between the ledgers and the outside: woken with every move of the clock. */
  readonly loops: readonly { wake(): void }[];
  readonly log: Log;
}

export interface Runner {
  /** The clock was moved, or something was written: look at what is due, now. Resolves when it is done. */
  wake(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Does what is due, once across all replicas: the first to write (job, due time) does it, in that transaction. cron only wakes
 * it every second; it neither makes up for missed times nor knows of other replicas.
 */
export function startRunner(parts: RunnerParts): Runner {
  const seen = new Map<string, number>();
  let going: Promise<void> = Promise.resolve();

  async function lookAt(job: Job): Promise<void> {
    const now = parts.clock.now();
    const due = job.lastDue(now);
    if (seen.get(job.name) === due.epochMilliseconds) return;
    try {
      await parts.transaction(async (store) => {
        if (!(await store.jobRuns.take(job.name, due.toString()))) return;
        await job.run(store, now);
        await store.jobRuns.done(job.name, due.toString(), now.toString());
      });
      seen.set(job.name, due.epochMilliseconds);
    } catch (err) {
      parts.log.error({ err, job: job.name }, 'a job failed; it is tried again');
    }
  }

  async function round(): Promise<void> {
    for (const job of parts.jobs) await lookAt(job);
  }

  function tick(): Promise<void> {
    going = going.then(round);
    return going;
  }

  const cron = CronJob.from({ cronTime: '* * * * * *', onTick: tick, start: true, waitForCompletion: true });
  return {
    async wake() {
      await tick();
      for (const loop of parts.loops) loop.wake();
    },
    async stop() {
      await cron.stop();
      await going;
    },
  };
}
