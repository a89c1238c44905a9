import type { SettledDelivery } from '../store/deliveries-ledger.ts';
import type { SendingWork } from './advance-sending-deps.ts';

export interface Settler {
  /** One mail's outcome; it is written with others, at most 20 or 20 milliseconds later. */
  add(result: SettledDelivery): void;
  /** Resolves when all that was added is written; rejects when the database refused. */
  drained(): Promise<void>;
}

const GROUP = 20;
const GROUP_MS = 20;

/** Writes outcomes in groups: one by one the ledger would cost more than the mails (contracts, Mail). */
export function settler(work: SendingWork, written: (count: number) => void): Settler {
  let group: SettledDelivery[] = [];
  let timer: NodeJS.Timeout | undefined;
  const writing = new Set<Promise<void>>();
  let failure: unknown;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const results = group;
    group = [];
    const write = settle(work, results)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => {
        writing.delete(write);
        written(results.length);
      });
    writing.add(write);
  }

  return {
    add(result) {
      group.push(result);
      if (group.length >= GROUP) flush();
      else timer ??= setTimeout(flush, GROUP_MS);
    },
    async drained() {
      if (group.length > 0) flush();
      await Promise.all(writing);
      if (failure !== undefined) throw failure;
    },
  };
}

const TRIES = 60;
const BETWEEN_TRIES_MS = 1_000;

/** A result that is lost would leave a mail that went out as unknown, so a database that is away is waited for. */
async function settle(work: SendingWork, results: readonly SettledDelivery[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work.ledger.settle(work.owner, results, work.clock.now().toString());
    } catch (err) {
      if (attempt >= TRIES) throw err;
      work.log.warn(
        { err, results: results.length },
        'what came of some mails could not be written; it is tried again',
      );
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
    }
  }
}
