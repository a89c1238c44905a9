import { KIND_RULES } from '../domain/notice.ts';
import type { Store } from '../store/store.ts';
import { everyMinutes, type Job } from './job.ts';

/** So long somebody who changed the plan has to tell people before all are asked to. */
const GRACE_MINUTES = 5;

/** The plan or its times changed and the people who were told do not know: the thread says so, once, with what to type (rule 21). */
export const offerNotices: Job = {
  name: 'offer-notices',
  lastDue: everyMinutes(1),
  async run(store, now) {
    for (const id of await store.noticesDue.migrations()) await offer(store, id, now);
  },
};

async function offer(store: Store, migrationId: number, now: Temporal.Instant): Promise<void> {
  const migration = await store.migrations.byId(migrationId);
  const due = migration && (await store.noticesDue.look(migration, now));
  if (!due) return;
  const before = now.subtract({ minutes: GRACE_MINUTES }).toString();
  if (!(await store.noticesDue.claim(migrationId, due.key, now.toString(), before))) return;
  const { words, atNight } = KIND_RULES[due.kind];
  const roles = atNight ? ['communications-lead', 'e-rs-lead'] : ['communications-lead'];
  const holders = await store.people.holders(migrationId);
  const people = new Set(holders.filter(({ role }) => roles.includes(role)).map(({ person }) => person.id));
  const message = `${due.why} To tell them (${words}): \`/bsu send ${due.kind}${due.plan === null ? '' : ` plan=${due.plan}`}\`.`;
  await store.postings.call(migrationId, `notice:${due.noticeId}`, message, [...people], now.toString());
}
