import { advancePosting, type PostingWork } from './advance-posting.ts';

export interface PostingLoop {
  /** Something was written that is to be posted. */
  wake(): void;
  /** Ends when what was claimed is settled. */
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;

/** Posts what is due until nothing is, and looks again every second, or at once when woken. */
export function startPostingLoop(work: PostingWork): PostingLoop {
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
      .catch((err: unknown) => work.log.error({ err }, 'the posting loop could not reach the database'))
      .finally(() => {
        going = null;
        if (!stopped) timer = setTimeout(wake, EVERY_MS);
      });
  }

  async function rounds(): Promise<void> {
    while (again && !stopped) {
      again = false;
      while (!stopped && (await advancePosting(work)) > 0);
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
