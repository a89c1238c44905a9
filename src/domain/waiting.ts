import { counted } from '../kernel/time-words.ts';
import type { ItemState } from './checklist-state.ts';
import type { ExtractDue } from './extract-due.ts';
import type { Finding, FindingKind } from './finding.ts';
import type { Plan } from './plan.ts';
import type { PlanFacts } from './plan-answers.ts';
import { namingPlan } from './plan-named.ts';
import { ROLE_WORDS, type Role } from './role.ts';
import { isSettled, testsOf } from './verification.ts';
import { pollLines, type Verification, verificationFacts } from './verification-shown.ts';

/** Who is asked: their roles in the migration, here and now. */
export interface Asked {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** What a migration's live plans and checklist want of people. */
export interface Wanted {
  readonly live: readonly Plan[];
  /** All plans of the migration, so that a sentence names its own where a bare verb would mean another. */
  readonly all?: readonly Pick<Plan, 'number' | 'state'>[];
  /** The facts of the live plans, in the same order. */
  readonly plans: readonly PlanFacts[];
  readonly items: readonly ItemState[];
  /** The checks of those live plans whose services were changed already. */
  readonly checks: readonly Verification[];
  /** How many commissioners no mail reached and nobody has telephoned yet. */
  readonly calls: number;
  /** What was found after go-live and is not settled. */
  readonly findings: readonly Finding[];
  /** What is open in the days after go-live, also where the plan is completed. */
  readonly after?: readonly AfterOpen[];
  /** Approved plans, by number, of which the slot issues before go-live are not counted. */
  readonly baselines?: readonly number[];
}

/** What the days after a go-live still want (rules 25, 26). */
export interface AfterOpen {
  readonly plan: number;
  /** Sites that have not said whether slots arrived; empty before the next morning. */
  readonly mornings: readonly string[];
  readonly asiDue: readonly string[];
  /** How many services are still to be read on the screen. */
  readonly unread: number;
  /** What the full comparison with an extract of after the run still wants. */
  readonly extract: ExtractDue;
  /** Everybody was to be told that it is completed, and nobody has been. */
  readonly completedUntold: boolean;
}

/**
 * What waits for one person, in sentences with the verb to type: votes, a plan's next step, checks, calls, checklist items. While
 * services are still being changed no check waits: there is nothing to look at yet.
 */
export function waitsFor(person: Asked, wanted: Wanted): string[] {
  const { live, all, plans, items, checks, calls, findings, after = [], baselines = [] } = wanted;
  const over = checks.filter(({ plan }) => plan.state === 'verifying' || plan.state === 'stopped');
  return [
    ...votesWanted(person, plans),
    ...stepsOf(person, live),
    ...over.flatMap((known) => [
      ...pollsWanted(person, known),
      ...testsWanted(person, known),
      ...completionWanted(person, known),
    ]),
    ...findingsWanted(person, findings),
    ...noticesWanted(person, plans),
    ...callsWanted(person, calls),
    ...baselinesWanted(person, baselines),
    ...after.flatMap((open) => afterWanted(person, open)),
    ...itemsOf(person, items, over.length > 0),
  ].map((one) => (all === undefined ? one : naming(one, all)));
}

/** Each sentence that is about one plan begins with it. */
function naming(words: string, all: readonly Pick<Plan, 'number' | 'state'>[]): string {
  const plan = /^Plan (\d+)\b/.exec(words)?.[1];
  return plan === undefined ? words : namingPlan(words, Number(plan), all);
}

function votesWanted(person: Asked, plans: readonly PlanFacts[]): string[] {
  return plans
    .filter((plan) => plan.state === 'submitted' && plan.couldVote.includes(person.name))
    .map((plan) => `Your vote on plan ${plan.number} (${plan.code ?? ''}): /bsu show ${plan.number}`);
}

/** What closes the plan waits for nobody before something was changed. */
function itemsOf({ roles }: Asked, items: readonly ItemState[], changed: boolean): string[] {
  return items
    .filter(({ item, done }) => !done && item.byHand && roles.includes(item.owner))
    .filter(({ item }) => changed || item.gate !== 'complete')
    .map(({ item }) => `Checklist: ${item.title}, /bsu checklist ${item.key}`);
}

/** Who moves a plan on, by its state: the one whose turn it is is told. */
function stepsOf({ id, roles }: Asked, plans: readonly Plan[]): string[] {
  return plans.flatMap((plan) => {
    const mine = id === plan.runnerId || id === plan.deputyId;
    if (plan.state === 'draft' && roles.includes('planner')) return [`Plan ${plan.number}: submit it, /bsu submit`];
    if (plan.state === 'approved') {
      return [
        ...(mine || roles.includes('e-rs-lead')
          ? [`Plan ${plan.number}: the go, /bsu go, in the last hour before the run`]
          : []),
        ...(mine ? [`Plan ${plan.number}: the run, /bsu run, once the window is open`] : []),
      ];
    }
    if (plan.state === 'running' && mine) return [`Plan ${plan.number}: the run is under way, /bsu run`];
    const leads = mine || roles.includes('e-rs-lead');
    if (plan.state === 'paused' && leads)
      return [`Plan ${plan.number} is paused: go on, /bsu resume, or end it, /bsu abort`];
    if (plan.state === 'stopped' && leads)
      return [`Plan ${plan.number} has stopped: the rest in a reserve window, /bsu window, or by hand, /bsu manual`];
    return [];
  });
}

/** After go-live nobody can count it any more (rule 26). */
function baselinesWanted({ roles }: Asked, plans: readonly number[]): string[] {
  if (!roles.includes('e-rs-lead')) return [];
  return plans.map((plan) => `Plan ${plan}: count the appointment slot issues before go-live, /bsu asi baseline`);
}

function completionWanted({ roles }: Asked, known: Verification): string[] {
  if (known.plan.state !== 'verifying' || !roles.includes('e-rs-lead')) return [];
  const { quorum, closing } = verificationFacts(known, null);
  return quorum.ok && closing.length === 0 ? [`Plan ${known.plan.number}: complete it, /bsu complete`] : [];
}

function afterWanted({ roles }: Asked, open: AfterOpen): string[] {
  const is = (...some: readonly Role[]) => some.some((role) => roles.includes(role));
  const [site] = open.mornings;
  const about = `Plan ${open.plan}:`;
  return [
    ...(open.completedUntold && is('communications-lead')
      ? [`${about} the completed notice, /bsu send completed`]
      : []),
    ...(open.unread > 0 && is('service-definer', 'tester')
      ? [`${about} ${counted(open.unread, 'service')} to be read on the screen, /bsu reconcile`]
      : []),
    ...(site !== undefined && is('service-definer', 'e-rs-lead')
      ? [`${about} did slots arrive at ${open.mornings.join(', ')}? /bsu polls arrived ${site}`]
      : []),
    ...(open.extract === 'import' && is('planner')
      ? [`${about} the extract of after the run, download EBSX05 and import it, /bsu import`]
      : []),
    ...(open.extract === 'compare' && is('planner', 'e-rs-lead')
      ? [`${about} compare it with the newest extract, /bsu reconcile extract`]
      : []),
    ...(open.asiDue.length > 0 && is('e-rs-lead')
      ? [`${about} count the appointment slot issues of day ${open.asiDue.join(', ')}, /bsu asi ${open.asiDue[0]}`]
      : []),
  ];
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
    ...(failed > 0 && roles.includes('e-rs-lead')
      ? [
          `Plan ${plan.number}: ${counted(failed, 'failed test')}: test again, /bsu verify, go back, /bsu undo, or have it accepted`,
        ]
      : []),
    ...(failed > 0 && roles.includes('clinical-safety-officer')
      ? [`Plan ${plan.number}: ${counted(failed, 'failed test')} to be repeated or accepted, /bsu accept`]
      : []),
  ];
}

const FOUND = {
  difference: { one: 'difference', several: 'differences', verb: 'reconcile' },
  alert: { one: 'appointment slot alert', several: 'appointment slot alerts', verb: 'asi' },
} as const satisfies Record<FindingKind, unknown>;

/** One's own differences and alerts; and those that nobody has taken over, for their role (rule 26). */
function findingsWanted({ id, roles }: Asked, findings: readonly Finding[]): string[] {
  const forYou = findings.filter(({ owner, role }) => (owner ? owner.id === id : roles.includes(role)));
  const alike = Map.groupBy(forYou, ({ plan, kind, role, owner }) => `${plan} ${kind} ${owner ? '' : role}`);
  return [...alike.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const { one, several, verb } = FOUND[first.kind];
    const whose = first.owner ? 'of yours to be put right' : `for the ${ROLE_WORDS[first.role]}`;
    return [`Plan ${first.plan}: ${counted(more.length + 1, one, several)} ${whose}, /bsu ${verb}`];
  });
}

/** Rule 24: people are told in time before the outage, so the planned notice waits as soon as the plan is approved. */
function noticesWanted({ roles }: Asked, plans: readonly PlanFacts[]): string[] {
  if (!roles.includes('communications-lead')) return [];
  return plans
    .filter(({ kind, state, notice }) => kind === 'plan' && state === 'approved' && notice === null)
    .map(({ number }) => `Plan ${number}: tell people of the outage, /bsu send planned`);
}

function callsWanted({ roles }: Asked, calls: number): string[] {
  const may = roles.includes('communications-lead') || roles.includes('e-rs-lead');
  return calls > 0 && may ? [`${counted(calls, 'commissioner')} to telephone, /bsu calls`] : [];
}
