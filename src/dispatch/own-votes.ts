import type { Answer } from '../command.ts';
import type { Person } from '../domain/person.ts';
import { noVote } from '../domain/press.ts';
import type { Role } from '../domain/role.ts';
import { type Next, next } from '../kernel/errors.ts';
import type { Store } from '../store/store.ts';
import { votesNow } from '../store/votes-now.ts';

/** Which votes on the plan of this card are one person's to give. */
export interface OwnVotes {
  /** The verbs that are not theirs on this card, though their roles have them. */
  readonly notTheirs: readonly string[];
  readonly next: readonly Next[];
}

const ALL: OwnVotes = { notTheirs: [], next: [] };

/** Rule 9: a vote is offered to those whose vote is still needed, and taking it back to those who voted. Any other card: all. */
export async function votesOn(
  store: Store,
  answer: Answer,
  person: Person,
  roles: readonly Role[],
  now: Temporal.Instant,
): Promise<OwnVotes> {
  if (answer.code !== 'plan.shown') return ALL;
  const { planId } = answer.facts;
  const plan = await store.plans.byId(planId);
  const migration = plan && (await store.migrations.byId(plan.migrationId));
  if (!plan || !migration) return ALL;
  const votes = await votesNow(store, migration, plan, answer.facts, now);
  const takeBack = votes.voted.has(person.id)
    ? [next('Take my vote back', 'unvote', { plan: String(plan.number) })]
    : [];
  // No vote is asked for, so that the card has no button for one.
  if (answer.facts.needed.length === 0) return { notTheirs: [], next: takeBack };
  const why = noVote({ id: person.id, roles }, votes);
  const notTheirs = (['approve', 'reject'] as const).filter((verb) => why[verb] !== null);
  return { notTheirs, next: takeBack };
}
