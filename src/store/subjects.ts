import type { Answer } from '../command.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import type { Subject } from '../domain/subject.ts';
import { verificationFacts } from '../domain/verification-shown.ts';
import type { Store } from './store.ts';

export type SubjectKind = Subject extends `${infer Kind}:${number}` ? Kind : never;

/** What a posted card shows, read anew each time: the same facts that the verb would answer with. */
export type SubjectReader = (
  store: Store,
  id: number,
  now: Temporal.Instant,
  holidays: BankHolidays,
) => Promise<Answer | null>;

/** One reader a kind of subject; the nouns add theirs. */
const readers: Partial<Record<SubjectKind, SubjectReader>> = {
  notice: async (store, id) => {
    const notice = await store.notices.byId(id);
    if (notice === null) return null;
    return { code: 'notice.shown', facts: await store.noticesShown.shown(notice, null), next: [] };
  },
  plan: async (store, id, now, holidays) => ({
    code: 'plan.shown',
    facts: await store.plans.facts(id, now, holidays),
    next: [],
  }),
  verification: async (store, id, now, holidays) => ({
    code: 'verification.shown',
    facts: verificationFacts(await store.verification.known(id, now, holidays), null),
    next: [],
  }),
  run: async (store, id, now) => ({ code: 'run.shown', facts: await store.runViews.shown(id, now), next: [] }),
};

/** The newest facts of a subject; null when nothing of that kind can be shown. */
export async function subjectFacts(
  store: Store,
  subject: Subject,
  now: Temporal.Instant,
  holidays: BankHolidays,
): Promise<Answer | null> {
  const [kind, id] = subject.split(':') as [SubjectKind, string];
  const reader = readers[kind];
  return reader ? reader(store, Number(id), now, holidays) : null;
}
