import type { Notice } from '../domain/notice.ts';
import { KIND_RULES } from '../domain/notice.ts';
import { counted } from '../kernel/time-words.ts';
import { chainOf } from '../store/audit.ts';
import type { NoticeCounts } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import type { SendingWork } from './advance-sending-deps.ts';

/** One event when a notice begins to go out, none for each mail: those are the ledger's (contracts, Audit). */
export async function noticeBegun(store: Store, notice: Notice, now: string): Promise<void> {
  if (notice.test || notice.startedAt !== now) return;
  await record(store, notice, 'notice.began', now, {});
  await store.postings.touch(notice.migrationId, `notice:${notice.id}`, now);
}

export async function touchNotice(store: Store, notice: Notice, now: Temporal.Instant): Promise<void> {
  if (!notice.test) await store.postings.touch(notice.migrationId, `notice:${notice.id}`, now.toString());
}

/** Marks it finished when nothing is left, and says so; else gives the milliseconds until something may be tried again. */
export async function closeNotice(work: SendingWork, notice: Notice): Promise<number | null> {
  const due = await work.transaction(async (store) => {
    const now = work.clock.now().toString();
    const finished = await store.deliveryLedger.finish(notice.id, work.owner, now);
    if (!finished) return store.deliveryLedger.nextDue(notice.id);
    if (notice.test) return null;
    const counts = await store.deliveries.counts(notice.id);
    await record(store, notice, 'notice.finished', now, { ...counts.all });
    await touchNotice(store, notice, Temporal.Instant.from(now));
    await touchPlan(store, notice, now);
    if (needsPeople(counts)) await callForHelp(store, notice, counts, now);
    return null;
  });
  work.posted?.();
  return due === null ? null : Math.max(0, due * 1000);
}

function needsPeople({ all }: NoticeCounts): boolean {
  return all.failed + all.bounced + all.unknown > 0;
}

async function touchPlan(store: Store, notice: Notice, now: string): Promise<void> {
  if (notice.planId !== null) await store.postings.touch(notice.migrationId, `plan:${notice.planId}`, now);
}

async function callForHelp(store: Store, notice: Notice, { all, total }: NoticeCounts, now: string): Promise<void> {
  const told = all.sent + all.delivered;
  const words = `Notice ${notice.facts.reference} (${KIND_RULES[notice.kind].words}): ${told} of ${counted(total, 'mail')} sent. ${counted(all.failed + all.bounced, 'mail')} failed, ${all.unknown} unknown. Type \`/bsu notices ${notice.id}\` for the list.`;
  const holders = await store.people.holders(notice.migrationId);
  const leads = holders.filter((holder) => holder.role === 'communications-lead').map((holder) => holder.person.id);
  await store.postings.call(notice.migrationId, `notice:${notice.id}`, words, leads, now);
}

async function record(
  store: Store,
  notice: Notice,
  act: string,
  at: string,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  await store.audit.append(chainOf(notice.migrationId), [
    {
      at,
      act,
      about: `notice:${notice.id}`,
      person: null,
      account: 'changeover',
      facts: { kind: notice.kind, reference: notice.facts.reference, ...facts },
      hash: notice.contentHash,
    },
  ]);
}
