import type { ItemState } from './checklist-state.ts';
import type { Plan } from './plan.ts';
import type { PlanFacts } from './plan-answers.ts';
import type { Role } from './role.ts';

/** Who is asked: their roles in the migration, here and now. */
export interface Asked {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** What a migration's live plans and checklist want of people. */
export interface Wanted {
  readonly live: readonly Plan[];
  /** The facts of the live plans, in the same order. */
  readonly plans: readonly PlanFacts[];
  readonly items: readonly ItemState[];
}

/** What waits for one person, in sentences with the verb to type: votes, checklist items, and the next step of a plan. */
export function waitsFor(person: Asked, { live, plans, items }: Wanted): string[] {
  return [...votesWanted(person, plans), ...itemsOf(person, items), ...stepsOf(person, live)];
}

function votesWanted(person: Asked, plans: readonly PlanFacts[]): string[] {
  return plans
    .filter((plan) => plan.state === 'submitted' && plan.couldVote.includes(person.name))
    .map((plan) => `Your vote on plan ${plan.number} (${plan.code ?? ''}): /bsu show ${plan.number}`);
}

function itemsOf({ roles }: Asked, items: readonly ItemState[]): string[] {
  return items
    .filter(({ item, done }) => !done && item.byHand && roles.includes(item.owner))
    .map(({ item }) => `Checklist: ${item.title}`);
}

/** Who moves a plan on, by its state: the one whose turn it is is told. */
function stepsOf({ id, roles }: Asked, plans: readonly Plan[]): string[] {
  return plans.flatMap((plan) => {
    const mine = id === plan.runnerId || id === plan.deputyId;
    if (plan.state === 'draft' && roles.includes('planner')) return [`Plan ${plan.number}: submit it, /bsu submit`];
    if (plan.state === 'approved' && mine) return [`Plan ${plan.number}: the run, /bsu run, once the window is open`];
    if (plan.state === 'running' && mine) return [`Plan ${plan.number}: the run is under way, /bsu run`];
    if (plan.state === 'verifying' && roles.includes('tester')) return [`Plan ${plan.number}: tests, /bsu verify`];
    if (plan.state === 'verifying' && mine) return [`Plan ${plan.number}: manual slot polls, /bsu polls`];
    return [];
  });
}
