import type { Answer } from '../command.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import type { Migration } from '../domain/migration.ts';
import type { Plan } from '../domain/plan.ts';
import type { PlanFacts } from '../domain/plan-answers.ts';
import { namingPlan } from '../domain/plan-named.ts';
import type { Run } from '../domain/run.ts';
import { pollsFacts, verificationFacts } from '../domain/verification-shown.ts';
import { chainOf } from './audit.ts';
import type { Store } from './store.ts';

/** A part of the board: what its verb would answer, or the sentence that there is nothing yet. */
export interface BoardPart {
  readonly key: string;
  readonly title: string;
  readonly verb: string;
  readonly answer: Answer | null;
  /** Said where there is no answer yet. */
  readonly empty: string;
}

interface When {
  readonly migration: Migration;
  readonly all: readonly Plan[];
  readonly now: Temporal.Instant;
  readonly holidays: BankHolidays;
}

const EVENTS_SHOWN = 12;

export async function runPart(store: Store, run: Run | null, now: Temporal.Instant): Promise<BoardPart> {
  const answer: Answer | null =
    run === null ? null : { code: 'run.shown', facts: await store.runViews.shown(run.id, now), next: [] };
  return { key: 'run', title: 'The run', verb: '/bsu run', answer, empty: 'Nothing has been run yet.' };
}

/** Of a plan that may start or go on tonight: the go, part by part (rule 13). */
export async function goParts(store: Store, { migration, all, now }: When): Promise<readonly BoardPart[]> {
  const parts: BoardPart[] = [];
  for (const plan of all.filter(({ state }) => WAITING.has(state))) {
    const answer: Answer = { code: 'go.shown', facts: await store.go.shown(migration, plan, now), next: [] };
    parts.push({
      key: `go-${plan.number}`,
      title: 'The go',
      verb: namingPlan('/bsu go', plan.number, all),
      answer,
      empty: '',
    });
  }
  return parts;
}

/** A go is asked for a plan that may start or go on. */
const WAITING: ReadonlySet<Plan['state']> = new Set(['approved', 'paused', 'stopped']);

export async function manualPart(store: Store, run: Run | null, now: Temporal.Instant): Promise<BoardPart | null> {
  if (run === null) return null;
  const facts = await store.runViews.manual(run, { personId: null, mayChoose: false, now }, null, null);
  if (facts.left === 0 && facts.byHand === 0) return null;
  const answer: Answer = { code: 'run.manual', facts, next: [] };
  return { key: 'manual', title: 'By hand', verb: '/bsu manual', answer, empty: '' };
}

export const NO_PLAN: BoardPart = {
  key: 'plan',
  title: 'The plan',
  verb: '/bsu plan',
  answer: null,
  empty: 'No plan is being worked on.',
};

export function planSection(facts: PlanFacts): BoardPart {
  const title = `${facts.kind === 'practice' ? 'Practice plan' : 'Plan'} ${facts.number} and its votes`;
  const answer: Answer = { code: 'plan.shown', facts, next: [] };
  return { key: `plan-${facts.number}`, title, verb: `/bsu show ${facts.number}`, answer, empty: '' };
}

/** An earlier wave is verified while the next one already goes on. */
export function verifiedBeside(live: readonly Plan[], run: Run | null) {
  return live
    .filter(({ id, state }) => state === 'verifying' && run !== null && id !== run.planId)
    .map((plan) => ({ plan, id: plan.id, suffix: `-${plan.number}` }));
}

/** What is checked and found after a plan's run; nothing before it. `suffix`: for a plan beside the run's, so that keys differ. */
export async function afterParts(store: Store, known: When, plan: Plan, suffix: string): Promise<readonly BoardPart[]> {
  if (!AFTER.has(plan.state)) return [];
  const verification = await store.verification.known(plan.id, known.now, known.holidays);
  const parts: readonly BoardPart[] = [
    {
      key: 'verification',
      title: 'Verification',
      verb: '/bsu verify',
      answer: { code: 'verification.shown', facts: verificationFacts(verification, null), next: [] },
      empty: '',
    },
    {
      key: 'polls',
      title: 'Manual slot polls',
      verb: '/bsu polls',
      answer: { code: 'polls.shown', facts: pollsFacts(verification, null), next: [] },
      empty: '',
    },
    ...(await reconcileParts(store, known.migration, plan, known.now)),
  ];
  return parts.map((part) => ({
    ...part,
    key: `${part.key}${suffix}`,
    title: suffix === '' ? part.title : `${part.title} (plan ${plan.number})`,
    verb: namingPlan(part.verb, plan.number, known.all),
  }));
}

const AFTER: ReadonlySet<Plan['state']> = new Set(['verifying', 'completed', 'stopped', 'rolling-back', 'rolled-back']);

/** Reconciliation, and appointment slot issues against the baseline (rule 26). */
async function reconcileParts(
  store: Store,
  migration: Migration,
  plan: Plan,
  now: Temporal.Instant,
): Promise<readonly BoardPart[]> {
  const reconcile = await store.afterFacts.reconcile(migration, plan, null);
  const asi = await store.afterFacts.asi(migration, plan, now, null);
  return [
    {
      key: 'reconcile',
      title: 'As planned?',
      verb: '/bsu reconcile',
      answer: { code: 'reconcile.shown', facts: reconcile, next: [] },
      empty: '',
    },
    {
      key: 'asi',
      title: 'Appointment slot issues',
      verb: '/bsu asi',
      answer: { code: 'asi.shown', facts: asi, next: [] },
      empty: '',
    },
  ];
}

export async function recordPart(store: Store, migration: Migration): Promise<BoardPart> {
  const chain = chainOf(migration.id);
  const head = await store.audit.head(chain);
  const rows = await store.audit.latest(chain, EVENTS_SHOWN);
  const ids = [...new Set(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])))];
  const names = new Map<number, string>();
  for (const id of ids) names.set(id, (await store.people.byId(id))?.name ?? `person ${id}`);
  const events = rows.map(({ seq, at, act, about, personId }) => ({
    seq,
    at,
    act,
    about,
    who: personId === null ? 'Changeover' : (names.get(personId) ?? ''),
  }));
  const facts = { chain, zone: migration.zone, total: head.seq, events };
  return {
    key: 'record',
    title: 'The record',
    verb: '/bsu audit',
    answer: { code: 'audit.listed', facts, next: [] },
    empty: '',
  };
}
