import { advanceSending } from './advance-sending.ts';
import type { SendingWork } from './advance-sending-deps.ts';
import { mailPace } from './advance-sending-pace.ts';

export interface SendingLoop {
  /** Something may be due now: a notice was sent, the clock was moved. */
  wake(): void;
  /** Ends after the mails on their way were settled. */
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;

/** Sends notices when they are due, unless another process does (rule 23). */
export function startSendingLoop(work: SendingWork): SendingLoop {
  const state = { pace: mailPace(() => performance.now()), touched: new Map<number, number>() };
  let stopped = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  function wake(): void {
    again = true;
    if (stopped || running !== null) return;
    clearTimeout(timer);
    again = false;
    running = advance().finally(() => {
      running = null;
    });
  }

  async function advance(): Promise<void> {
    let due: number | null = null;
    try {
      due = await advanceSending(work, { ...state, stopping: () => stopped });
    } catch (err) {
      work.log.error({ err }, 'a sending could not go on; it is tried again');
    }
    if (!stopped) timer = setTimeout(wake, again ? 0 : Math.min(EVERY_MS, due ?? EVERY_MS));
  }

  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      await work.ledger.letGo(work.owner).catch(() => work.log.warn({}, 'a lease stays until it ends'));
    },
  };
}
