import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { MailReports } from '../ports/mail-reports.ts';
import { type Mailbox, MailboxTrouble, type OpenMailbox } from '../ports/mailbox.ts';
import type { MailboxProgress, MailboxStore } from '../store/mailboxes.ts';

export interface MailboxWork {
  readonly mailbox: Mailbox;
  /** On the database itself: each of its calls stands alone. */
  readonly progress: MailboxStore;
  /** What becomes of a report: the same as of one that was handed on or typed. */
  readonly reports: MailReports;
  readonly clock: Clock;
  readonly owner: string;
  readonly log: Log;
}

const CHUNK = 50;
const LEASE_SECONDS = 300;
const BIGGEST_BYTES = 10_000_000;
/** Reports come within days; older mails are not looked at. */
const LOOK_BACK_DAYS = 30;
const AGAIN_SECONDS = { read: 60, trouble: 300, patient: 1800 } as const;

/**
 * Reads what is new in the mailbox, one process at a time (rule 23). How far it came is written after each few mails; killed in
 * between, the same mails are read again, and the same report twice changes nothing. What was understood is marked as read,
 * nothing else is touched. Gives how many reports were about mails of ours.
 */
export async function readMailbox(
  work: MailboxWork,
  round: { readonly anyway: boolean; stopping(): boolean },
): Promise<number> {
  const { mailbox, progress, owner } = work;
  const before = await progress.take(mailbox.name, owner, LEASE_SECONDS, round.anyway);
  if (before === null) return 0;
  let problem: string | null = before.problem;
  let again: number = AGAIN_SECONDS.trouble;
  try {
    const understood = await readNew(work, before, round.stopping);
    if (before.problem !== null) work.log.info({ mailbox: mailbox.name }, 'the mailbox for reports is read again');
    problem = null;
    again = AGAIN_SECONDS.read;
    return understood;
  } catch (error) {
    if (!(error instanceof MailboxTrouble)) throw error;
    problem = `${error.message}. ${error.fix}.`;
    if (error.patient) again = AGAIN_SECONDS.patient;
    if (problem !== before.problem) {
      work.log.warn({ mailbox: mailbox.name, problem }, 'the mailbox for reports cannot be read; sending goes on');
    }
    return 0;
  } finally {
    await progress.release(mailbox.name, owner, problem, again);
  }
}

async function readNew(work: MailboxWork, before: MailboxProgress, stopping: () => boolean): Promise<number> {
  const box = await work.mailbox.open();
  try {
    let after = box.validity === before.validity ? before.lastMail : 0;
    let understood = 0;
    const since = work.clock.now().subtract({ hours: 24 * LOOK_BACK_DAYS });
    const mails = await box.newerThan(after, since);
    for (let at = 0; at < mails.length && !stopping(); at += CHUNK) {
      const chunk = mails.slice(at, at + CHUNK);
      understood += await readChunk(work, box, chunk);
      after = chunk.at(-1) ?? after;
      const place = { validity: box.validity, lastMail: after };
      if (!(await work.progress.advance(work.mailbox.name, work.owner, place, LEASE_SECONDS))) break;
    }
    return understood;
  } finally {
    await box.close();
  }
}

async function readChunk(work: MailboxWork, box: OpenMailbox, chunk: readonly number[]): Promise<number> {
  const ours: number[] = [];
  for (const { mail, size } of await box.reportsAmong(chunk)) {
    if (size > BIGGEST_BYTES) {
      work.log.warn({ mailbox: work.mailbox.name, mail, size }, 'a report is larger than 10 MB and was left');
      continue;
    }
    const bytes = await box.fetch(mail);
    if (bytes === null) continue;
    const { reports, strange } = await work.reports.take(bytes);
    if (reports > strange) ours.push(mail);
  }
  await box.markRead(ours);
  return ours.length;
}
