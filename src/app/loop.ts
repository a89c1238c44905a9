import type { Log } from '../kernel/log.ts';

/** Something that is done again and again: when woken, and when it said that more would be due. */
export interface Loop {
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Runs `round` one at a time. It gives the seconds until something is due again, or null for "when woken". A round that
 * fails is logged and tried again, later each time; it never ends the process.
 */
export function startLoop(name: string, log: Log, idleSeconds: number, round: () => Promise<number | null>): Loop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let failures = 0;

  const go = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    again = false;
    running = once().finally(() => {
      running = null;
      if (again) go();
    });
  };
  const once = async (): Promise<void> => {
    let seconds: number | null;
    try {
      seconds = await round();
      failures = 0;
    } catch (error) {
      failures += 1;
      seconds = Math.min(60, 2 ** failures);
      log.error({ err: error, loop: name, retryInSeconds: seconds }, 'a round failed');
    }
    if (!stopped) timer = setTimeout(go, Math.min(seconds ?? idleSeconds, idleSeconds) * 1_000);
  };

  go();
  return {
    wake: go,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
