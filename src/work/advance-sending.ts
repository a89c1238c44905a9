import { settled } from '../domain/delivery.ts';
import type { Notice } from '../domain/notice.ts';
import type { PreparedMail } from '../ports/mailer.ts';
import type { Claimed } from '../store/deliveries-ledger.ts';
import { SENDING_LEASE_SECONDS, type SendingWork } from './advance-sending-deps.ts';
import { closeNotice, noticeBegun, touchNotice } from './advance-sending-finish.ts';
import { personalFor, preparedNotice } from './advance-sending-mail.ts';
import type { MailPace } from './advance-sending-pace.ts';
import { type Settler, settler } from './advance-sending-settle.ts';
import { holdOvertaken } from './hold-overtaken.ts';

const CLAIM = 20;
/** A card is not edited more often than this while mails go out, however slow the rate. */
const TOUCH_EVERY_MS = 5_000;
/** Then it is looked again what is due: somebody's test need not wait for the end of a long notice. */
const TURN_MS = 5_000;

export interface Sending {
  /** Asked between two claims: stop after what is on its way. */
  stopping(): boolean;
  readonly pace: MailPace;
  /** When each notice's card was edited last, in the machine's milliseconds. */
  readonly touched: Map<number, number>;
}

/**
 * Sends what is due, of all notices that are due, until nothing can go now (rule 23). At most three times as many mails as
 * connections are `sending`. Gives the milliseconds after which something may go again, or null. Killed at any instant,
 * what was on its way becomes unknown at the next start and the rest goes on.
 */
export async function advanceSending(work: SendingWork, sending: Sending): Promise<number | null> {
  if (await work.transaction((store) => holdOvertaken(store, work.clock.now()))) work.posted?.();
  const notices = await work.transaction(async (store) => {
    const now = work.clock.now().toString();
    const taken = await store.deliveryLedger.take(work.owner, now, SENDING_LEASE_SECONDS);
    for (const notice of taken) await noticeBegun(store, notice, now);
    return taken;
  });
  if (notices.length === 0) return null;
  const mine = new Set(notices.map((notice) => notice.id));
  const renewal = setInterval(() => void renew(work, mine), (SENDING_LEASE_SECONDS * 1000) / 4);
  try {
    return await sendAll(work, sending, notices, mine);
  } finally {
    clearInterval(renewal);
  }
}

/** What is held or no longer ours is not claimed from any more. */
async function renew(work: SendingWork, mine: Set<number>): Promise<void> {
  try {
    const still = new Set(await work.ledger.renew(work.owner, SENDING_LEASE_SECONDS));
    for (const id of mine) if (!still.has(id)) mine.delete(id);
  } catch (err) {
    work.log.warn({ err }, 'the lease of a sending could not be renewed');
  }
}

async function sendAll(
  work: SendingWork,
  sending: Sending,
  notices: readonly Notice[],
  mine: ReadonlySet<number>,
): Promise<number | null> {
  const lane = openLane(work);
  const waits: number[] = [];
  const failures: unknown[] = [];
  for (const notice of notices) {
    try {
      const wait = await sendNotice(work, sending, lane, notice, mine);
      if (wait !== null) waits.push(wait);
    } catch (error) {
      // One notice that cannot go out holds up no other.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return waits.length === 0 ? null : Math.min(...waits);
}

async function sendNotice(
  work: SendingWork,
  sending: Sending,
  lane: Lane,
  notice: Notice,
  mine: ReadonlySet<number>,
): Promise<number | null> {
  const prepared = preparedNotice(work, notice);
  const turn = performance.now() + TURN_MS;
  while (!sending.stopping() && mine.has(notice.id)) {
    await lane.room();
    if (performance.now() > turn) {
      await lane.drained();
      return 0;
    }
    const allowed = sending.pace.take(lane.claimSize, notice.mailsPerMinute);
    if (allowed === 0) {
      await lane.drained();
      return sending.pace.wait();
    }
    const claimed = await work.ledger.claim(notice.id, work.owner, allowed);
    for (const delivery of claimed) lane.send(notice, prepared[delivery.language], delivery);
    if (claimed.length === 0) break;
    await touchSometimes(work, sending, notice);
  }
  await lane.drained();
  return closeNotice(work, notice);
}

async function touchSometimes(work: SendingWork, { touched }: Sending, notice: Notice): Promise<void> {
  const now = performance.now();
  const last = touched.get(notice.id);
  if (last === undefined) touched.set(notice.id, now);
  if (last === undefined || now - last < TOUCH_EVERY_MS) return;
  touched.set(notice.id, now);
  await work.transaction((store) => touchNotice(store, notice, work.clock.now()));
  work.posted?.();
}

/** The mails on their way: `room` waits until the next claim fits under the limit. */
interface Lane {
  readonly claimSize: number;
  room(): Promise<void>;
  send(notice: Notice, prepared: PreparedMail, delivery: Claimed): void;
  drained(): Promise<void>;
}

function openLane(work: SendingWork): Lane {
  const limit = work.mailer.connections * 3;
  const claimSize = Math.min(CLAIM, work.mailer.connections);
  let underWay = 0;
  let waiting: (() => void)[] = [];
  const results: Settler = settler(work, (count) => {
    underWay -= count;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  });
  const changed = () => new Promise<void>((resolve) => waiting.push(resolve));
  return {
    claimSize,
    async room() {
      while (underWay + claimSize > limit) await changed();
    },
    send(notice, prepared, delivery) {
      underWay++;
      void work.mailer
        .send(prepared, personalFor(work, notice, delivery))
        .then((outcome) => results.add({ id: delivery.id, ...settled(outcome, delivery.attempts) }));
    },
    async drained() {
      while (underWay > 0) {
        await results.drained();
        if (underWay > 0) await changed();
      }
      await results.drained();
    },
  };
}
