import { conflictsOf, policyOf } from '../domain/approval.ts';
import type { Migration } from '../domain/migration.ts';
import type { Plan } from '../domain/plan.ts';
import type { PlanFacts } from '../domain/plan-answers.ts';
import type { VotesNow } from '../domain/press.ts';
import type { Store } from './store.ts';

/** Before its run a plan can be voted on (rule 10). */
export const VOTED_ON: readonly Plan['state'][] = ['submitted', 'approved'];

/** Whose vote stands on a plan, and whose would still fill a place (rule 9). */
export async function votesNow(
  store: Pick<Store, 'plans' | 'votes'>,
  migration: Migration,
  plan: Plan,
  facts: PlanFacts,
  now: Temporal.Instant,
): Promise<VotesNow> {
  const known = { facts, policy: policyOf(plan.kind, migration.settings.policy), conflicts: conflictsOf(plan) };
  if (!VOTED_ON.includes(plan.state)) return { ...known, voted: new Set(), couldVote: new Set() };
  const { hash } = await store.plans.look(plan.id);
  const { couldVote } = await store.votes.approval(plan, hash, now);
  return {
    ...known,
    voted: new Set((await store.votes.of(plan.id)).map(({ personId }) => personId)),
    couldVote: new Set(couldVote.map(({ person }) => person.id)),
  };
}
