export interface WokenLoop {
  /** Something may be due now. */
  wake(): void;
  /** Ends when the round under way has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `round` at once, then every `everyMs` milliseconds, or when woken; one at a time, and once more when woken meanwhile.
 * `round` may ask whether it is to stop. What fails is given to `failed`, and the loop goes on.
 */
export function startWokenLoop(
  everyMs: number,
  round: (stopping: () => boolean) => Promise<void>,
  failed: (error: unknown) => void,
): WokenLoop {
  let stopped = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let going: Promise<void> | null = null;

  function wake(): void {
    if (stopped) return;
    again = true;
    if (going !== null) return;
    clearTimeout(timer);
    going = rounds()
      .catch(failed)
      .finally(() => {
        going = null;
        if (!stopped) timer = setTimeout(wake, everyMs);
      });
  }

  async function rounds(): Promise<void> {
    while (again && !stopped) {
      again = false;
      await round(() => stopped);
    }
  }

  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await going;
    },
  };
}
