import { KIND_RULES, type Notice } from '../domain/notice.ts';
import type { Overtaken } from '../domain/notice-overtaken.ts';
import { chainOf } from '../store/audit.ts';
import type { Store } from '../store/store.ts';

/**
 * Holds what would go out though it is not true any more: the outage got another time, its plan was given up or changed, a
 * newer notice took its place (rule 21). True where any was; the thread says why, and what to do.
 */
export async function holdOvertaken(store: Store, now: Temporal.Instant): Promise<boolean> {
  let any = false;
  for (const notice of await store.noticesOvertaken.goingOut()) {
    const found = await store.noticesOvertaken.look(notice, now);
    if (found === null) continue;
    if (!(await store.notices.hold(notice.id, now.toString(), `${found.why} ${found.todo}`))) continue;
    await tell(store, notice, found, now.toString());
    any = true;
  }
  return any;
}

async function tell(store: Store, notice: Notice, { why, todo }: Overtaken, now: string): Promise<void> {
  const subject = `notice:${notice.id}` as const;
  const { reference } = notice.facts;
  await store.audit.append(chainOf(notice.migrationId), [
    {
      at: now,
      act: 'notice.held-overtaken',
      about: subject,
      person: null,
      account: 'changeover',
      facts: { kind: notice.kind, reference, why },
      hash: notice.contentHash,
    },
  ]);
  await store.postings.touch(notice.migrationId, subject, now);
  const holders = await store.people.holders(notice.migrationId);
  const leads = holders.filter(({ role }) => role === 'communications-lead').map(({ person }) => person.id);
  const words = `Notice ${reference} (${KIND_RULES[notice.kind].words}) is held. ${why} ${todo}`;
  await store.postings.call(notice.migrationId, subject, words, leads, now);
}
