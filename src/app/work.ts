import { setTimeout as sleep } from 'node:timers/promises';
import { cardOf } from '../../templates/cards/index.ts';
import type { App } from '../app.ts';
import { createHttpExecutor } from '../executors/http.ts';
import type { Channel } from '../ports/channel.ts';
import type { Store } from '../store/store.ts';
import { subjectFacts } from '../store/subjects.ts';
import { startPostingLoop } from '../work/advance-posting-loop.ts';
import { startRunLoop } from '../work/advance-run-loop.ts';
import { postingPace } from '../work/posting-pace.ts';

export interface WorkParts {
  readonly owner: string;
  readonly channels: readonly Channel[];
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
}

export interface Work {
  wake(): void;
  stop(): Promise<void>;
}

/** The loops between the ledgers and the outside: cards, runs, notices, and what the clock asks for. */
export async function startWork(app: App, parts: WorkParts): Promise<Work> {
  const { log, clock, config } = app;
  const shared = { ...parts, clock, log };
  const posting = startPostingLoop({
    ...shared,
    pace: postingPace(
      () => performance.now(),
      (milliseconds) => sleep(milliseconds),
    ),
    async draw(store, subject, now) {
      const answer = await subjectFacts(store, subject, now, app.bankHolidays);
      return answer === null ? null : cardOf(answer);
    },
  });
  return {
    wake() {
      posting.wake();
    },
    async stop() {
      await posting.stop();
    },
  };
}
