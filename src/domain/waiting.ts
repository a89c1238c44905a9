import { counted } from '../kernel/time-words.ts';
import type { ItemState } from './checklist-state.ts';
import type { Plan } from './plan.ts';
import type { PlanFacts } from './plan-answers.ts';
import type { Role } from './role.ts';
import { isSettled, testsOf } from './verification.ts';
import { pollLines, type Verification } from './verification-shown.ts';

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
  /** The checks of those live plans whose services were changed already. */
  readonly checks: readonly Verification[];
  /** How many commissioners no mail reached and nobody has telephoned yet. */
  readonly calls: number;
}

/** What waits for one person, in sentences with the verb to type: votes, a plan's next step, checks, calls, checklist items. */
export function waitsFor(person: Asked, { live, plans, items, checks, calls }: Wanted): string[] {
  return [
    ...votesWanted(person, plans),
    ...stepsOf(person, live),
    ...checks.flatMap((known) => [...pollsWanted(person, known), ...testsWanted(person, known)]),
    ...callsWanted(person, calls),
    ...itemsOf(person, items),
  ];
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
    return [];
  });
}

/** One's own polls; and those of nobody, for whoever may do them that night (rule 25). */
function pollsWanted({ id, roles }: Asked, known: Verification): string[] {
  const { plan } = known;
  const open = pollLines(known).filter(({ seenAt }) => seenAt === null);
  const mine = open.filter(({ ownerId }) => ownerId === id).length;
  const free = open.filter(({ ownerId }) => ownerId === null).length;
  const maySeize = id === plan.runnerId || id === plan.deputyId || roles.includes('tester');
  return [
    ...(mine > 0 ? [`Plan ${plan.number}: ${counted(mine, 'manual slot poll')} of yours, /bsu polls`] : []),
    ...(free > 0 && maySeize
      ? [`Plan ${plan.number}: ${counted(free, 'manual slot poll')} that nobody has claimed, /bsu polls`]
      : []),
  ];
}

function testsWanted({ roles }: Asked, { plan, events }: Verification): string[] {
  const tests = testsOf(plan.verification, events);
  const left = tests.filter((test) => !isSettled(test)).length;
  const failed = tests.filter(({ state }) => state === 'failed' || state === 'could-not').length;
  return [
    ...(left > 0 && roles.includes('tester')
      ? [`Plan ${plan.number}: ${left} of ${counted(tests.length, 'test')} to do, /bsu verify`]
      : []),
    ...(failed > 0 && roles.includes('clinical-safety-officer')
      ? [`Plan ${plan.number}: ${counted(failed, 'failed test')} to be repeated or accepted, /bsu accept`]
      : []),
  ];
}

function callsWanted({ roles }: Asked, calls: number): string[] {
  const may = roles.includes('communications-lead') || roles.includes('e-rs-lead');
  return calls > 0 && may ? [`${counted(calls, 'commissioner')} to telephone, /bsu calls`] : [];
}
