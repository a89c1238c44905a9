import { type MailboxWork, readMailbox } from './read-mailbox.ts';
import { startWokenLoop, type WokenLoop } from './woken-loop.ts';

const EVERY_MS = 20_000;

/** Looks often whether the mailbox is due; the first time at once, whatever was wrong before: somebody may have mended it. */
export function startMailboxLoop(work: MailboxWork): WokenLoop {
  let anyway = true;
  return startWokenLoop(
    EVERY_MS,
    async (stopping) => {
      const first = anyway;
      anyway = false;
      await readMailbox(work, { anyway: first, stopping });
    },
    (err) => work.log.error({ err }, 'the mailbox for reports could not be read on; it is tried again'),
  );
}
