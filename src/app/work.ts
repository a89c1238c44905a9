import { setTimeout as sleep } from 'node:timers/promises';
import { cardOf } from '../../templates/cards/index.ts';
import { nightPackFile } from '../../templates/files.ts';
import type { App } from '../app.ts';
import { readIcs } from '../calendars/ics.ts';
import type { SignMail } from '../delivery/channels/email/dkim.ts';
import { imapMailbox } from '../delivery/channels/email/mailbox.ts';
import { mailboxAddress } from '../delivery/channels/email/mailbox-address.ts';
import { smtpMailer } from '../delivery/channels/email/mailer.ts';
import { relayFrom } from '../delivery/channels/email/relay.ts';
import { createHttpExecutor } from '../executors/http.ts';
import { unconfiguredExecutor } from '../executors/unconfigured.ts';
import { askAfter } from '../jobs/ask-after.ts';
import { askBaseline } from '../jobs/ask-baseline.ts';
import { askExtract } from '../jobs/ask-extract.ts';
import { endDelegations } from '../jobs/end-delegations.ts';
import { expirePlans } from '../jobs/expire-plans.ts';
import { expireVotes } from '../jobs/expire-votes.ts';
import { forgetAddresses } from '../jobs/forget-addresses.ts';
import { forgetSnapshots } from '../jobs/forget-snapshots.ts';
import { offerNotices } from '../jobs/offer-notices.ts';
import { remindOwners } from '../jobs/remind-owners.ts';
import { remindVoters } from '../jobs/remind-voters.ts';
import { startRunner } from '../jobs/runner.ts';
import { sweep } from '../jobs/sweep.ts';
import { tellDeputies } from '../jobs/tell-deputies.ts';
import { tellFree } from '../jobs/tell-free.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Channel } from '../ports/channel.ts';
import { readDeliveryReports } from '../readers/delivery-report.ts';
import { mailReports } from '../store/mail-reports.ts';
import { type Store, storeOf } from '../store/store.ts';
import { subjectFacts } from '../store/subjects.ts';
import { startPostingLoop } from '../work/advance-posting-loop.ts';
import { createRunGate } from '../work/advance-run-gate.ts';
import { startRunLoop } from '../work/advance-run-loop.ts';
import { startSendingLoop } from '../work/advance-sending-loop.ts';
import { postingPace } from '../work/posting-pace.ts';
import { startMailboxLoop } from '../work/read-mailbox-loop.ts';
import { startCalendarLoop } from '../work/refresh-calendars-loop.ts';
import { startRowRemoval } from '../work/remove-snapshot-rows.ts';

/** To the mail relay, at the same time. */
const CONNECTIONS = 5;

export interface WorkParts {
  readonly owner: string;
  readonly channels: readonly Channel[];
  /** Signs each notice (DKIM); null: the relay does. */
  readonly sign: SignMail | null;
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
}

export interface Work {
  /** Something was written, or the clock was moved. */
  wake(): void;
  /** Ends when what is in hand is settled. */
  stop(): Promise<void>;
}

/** The loops between the ledgers and the outside: cards, runs, notices, and what the clock asks for. */
export function startWork(app: App, parts: WorkParts): Work {
  const { log, clock, config, bankHolidays } = app;
  const shared = { ...parts, clock, log };
  const posting = startPostingLoop({
    ...shared,
    pace: postingPace(
      () => performance.now(),
      (milliseconds) => sleep(milliseconds),
    ),
    async draw(store, subject, now) {
      const answer = await subjectFacts(store, subject, now, bankHolidays);
      return answer === null ? null : cardOf(answer);
    },
    async drawFile(store, subject, now) {
      const [kind, id] = subject.split(':');
      const facts = kind === 'plan' ? await store.nightPacks.facts(Number(id), now) : null;
      return facts === null ? null : nightPackFile(facts);
    },
  });
  const mailer = config.mail
    ? smtpMailer(relayFrom(config.mail.smtpUrl), config.mail.from, CONNECTIONS, parts.sign)
    : null;
  const sending =
    mailer && config.mail
      ? startSendingLoop({
          ...shared,
          ledger: storeOf(app.connection.db).deliveryLedger,
          mailer,
          publicUrl: config.publicUrl,
          from: config.mail.from,
          readsReports: config.bounceSecret !== null || config.bounceMailbox !== null,
          posted: posting.wake,
        })
      : null;
  const executor = config.executor ? createHttpExecutor({ ...config.executor, clock: systemClock }) : null;
  const running = startRunLoop({
    ...shared,
    executor: executor ?? unconfiguredExecutor,
    gate: createRunGate(bankHolidays),
    posted: posting.wake,
  });
  const calendars = startCalendarLoop({ ...shared, feed: app.feed, readIcs, posted: posting.wake });
  const returns =
    config.bounceMailbox === null
      ? null
      : startMailboxLoop({
          mailbox: imapMailbox(mailboxAddress(config.bounceMailbox)),
          progress: storeOf(app.connection.db).mailboxes,
          reports: mailReports(app.connection, { read: readDeliveryReports, clock, posted: posting.wake }),
          clock,
          owner: parts.owner,
          log,
        });
  const removal = startRowRemoval(shared);
  const runner = startRunner({
    ...shared,
    jobs: [
      sweep,
      expireVotes,
      remindVoters(bankHolidays),
      remindOwners(bankHolidays),
      tellDeputies,
      offerNotices,
      endDelegations,
      expirePlans,
      tellFree,
      askAfter,
      askBaseline,
      askExtract,
      forgetAddresses,
      forgetSnapshots,
    ],
    loops: [running, posting, calendars, removal, ...(sending ? [sending] : [])],
  });
  return {
    wake() {
      // The runner logs what fails in a job; its promise never rejects for that.
      void runner.wake();
    },
    async stop() {
      await runner.stop();
      await running.stop();
      await calendars.stop();
      await removal.stop();
      await sending?.stop();
      await returns?.stop();
      await posting.stop();
      await mailer?.close();
      executor?.close();
    },
  };
}
