import { advancePosting, type PostingWork } from './advance-posting.ts';
import { startWokenLoop, type WokenLoop } from './woken-loop.ts';

const EVERY_MS = 1_000;

/**
 * Posts what is due until nothing is, and looks again every second, or at once when woken. One loop a platform: one that hangs
 * holds up no other.
 */
export function startPostingLoop(work: PostingWork): WokenLoop {
  const loops = work.channels.map((channel) => startOne({ ...work, channels: [channel] }));
  return {
    wake() {
      for (const loop of loops) loop.wake();
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function startOne(work: PostingWork): WokenLoop {
  return startWokenLoop(
    EVERY_MS,
    async (stopping) => {
      while (!stopping() && (await advancePosting(work)) > 0);
    },
    (err) => work.log.error({ err }, 'the posting loop could not reach the database'),
  );
}
