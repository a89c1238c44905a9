import type { BankHolidays } from '../domain/bank-holidays.ts';
import type { Migration } from '../domain/migration.ts';
import type { Plan } from '../domain/plan.ts';
import type { PlanFacts } from '../domain/plan-answers.ts';
import { namingPlan } from '../domain/plan-named.ts';
import type { Run } from '../domain/run.ts';
import { type Verification, verificationFacts } from '../domain/verification-shown.ts';
import { counted } from '../kernel/time-words.ts';
import type { Store } from './store.ts';

interface Known {
  readonly migration: Migration;
  readonly live: readonly Plan[];
  readonly facts: readonly PlanFacts[];
  /** Of those live plans whose services were changed already. */
  readonly checks: readonly Verification[];
  readonly now: Temporal.Instant;
  readonly holidays: BankHolidays;
}

/** What stands between each live plan and its next step, in sentences with the verb to type; empty: nothing does. */
export async function standsInTheWay(store: Store, known: Known, run: Run | null): Promise<readonly string[]> {
  const all: string[] = [];
  for (const plan of known.live) {
    const facts = known.facts.find(({ planId }) => planId === plan.id);
    const words = await wordsFor(store, known, plan, facts, run?.planId === plan.id ? run : null);
    const named = words.map((one) => namingPlan(one, plan.number, known.live));
    all.push(...named.map((one) => (known.live.length > 1 ? `Plan ${plan.number}: ${one}` : one)));
  }
  return all;
}

async function wordsFor(
  store: Store,
  known: Known,
  plan: Plan,
  facts: PlanFacts | undefined,
  run: Run | null,
): Promise<readonly string[]> {
  switch (plan.state) {
    case 'draft':
      return facts?.blockers ?? [];
    case 'submitted':
      return (facts?.needed ?? []).map(
        ({ words, count }) =>
          `${counted(count, words)} still ${count === 1 ? 'has' : 'have'} to vote, /bsu show ${plan.number}`,
      );
    case 'approved':
      return gatesClosed(store, known, plan);
    case 'paused':
    case 'stopped':
      return run === null ? [] : await held(store, run, known.now);
    case 'verifying':
      return notVerified(known.checks.find((one) => one.plan.id === plan.id));
    default:
      return [];
  }
}

/** As `/bsu run check` says it (rules 7 to 13, 24). */
async function gatesClosed(store: Store, known: Known, plan: Plan): Promise<readonly string[]> {
  const { migration, now, holidays } = known;
  const services = (await store.plans.services(plan.id)).length;
  const question = { plan, migration, now, holidays, services, amberReason: null, executor: 'guided' } as const;
  const { lines } = await store.runGates.preflight(question);
  return lines.filter(({ ok }) => !ok).map(({ text, verb }) => `${text}${verb === null ? '' : ` /bsu ${verb}`}`);
}

async function held(store: Store, run: Run, now: Temporal.Instant): Promise<readonly string[]> {
  const { left } = await store.runViews.manual(run, { personId: null, mayChoose: false, now }, null, null);
  const rest = left === 0 ? [] : [`${counted(left, 'service')} for a person, by hand: /bsu manual`];
  return [...(run.hold === null ? [] : [run.hold.words]), ...rest];
}

function notVerified(known: Verification | undefined): readonly string[] {
  if (known === undefined) return [];
  const { quorum, closing } = verificationFacts(known, null);
  return [
    ...quorum.faults.map((fault) => `${fault}, /bsu ${fault.includes('slot polls') ? 'polls' : 'verify'}`),
    ...closing.map((item) => `${item}: not ticked yet, /bsu checklist`),
  ].map((one) => `${one.charAt(0).toUpperCase()}${one.slice(1)}`);
}
