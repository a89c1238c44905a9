import type { Answer } from '../command.ts';
import { conflictOf, conflictsOf, policyOf, votingRoles } from '../domain/approval.ts';
import type { Person } from '../domain/person.ts';
import type { Role } from '../domain/role.ts';
import { type Next, next } from '../kernel/errors.ts';
import type { Store } from '../store/store.ts';

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
  const voted = (await store.votes.of(planId)).some((vote) => vote.personId === person.id);
  const takeBack = voted ? [next('Take my vote back', 'unvote', { plan: String(plan.number) })] : [];
  // No vote is asked for, so that the card has no button for one.
  if (answer.facts.needed.length === 0) return { notTheirs: [], next: takeBack };
  const { hash } = await store.plans.look(planId);
  const { couldVote } = await store.votes.approval(plan, hash, now);
  const conflict = conflictOf(person.id, conflictsOf(plan)) !== null;
  const votes = votingRoles(policyOf(plan.kind, migration.settings.policy), roles).length > 0 && !conflict;
  const could = couldVote.some((holder) => holder.person.id === person.id);
  return { notTheirs: [...(could ? [] : ['approve']), ...(votes ? [] : ['reject'])], next: takeBack };
}
