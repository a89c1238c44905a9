import type { Plan } from './plan.ts';
import { isLive } from './plan-state.ts';

type Known = Pick<Plan, 'number' | 'state'>;

/** The plan that a verb means where none is named: the only live one, else the newest. Null: several are live. */
export function meantUnnamed<P extends Known>(plans: readonly P[]): P | null {
  const live = plans.filter(({ state }) => isLive(state));
  if (live.length > 0) return live.length === 1 ? (live[0] ?? null) : null;
  return plans.reduce<P | null>((newest, one) => (newest === null || one.number > newest.number ? one : newest), null);
}

/** Verbs of one plan, which take `plan=` anywhere. */
const VERBS = /\/bsu (?:accept|asi|complete|go|polls|reconcile|run|submit|verify|window)\b/g;

/** A sentence about a plan, so that whoever types its verbs as they stand means this plan, beside whatever others there are. */
export function namingPlan(words: string, plan: number, plans: readonly Known[]): string {
  return meantUnnamed(plans)?.number === plan ? words : words.replace(VERBS, `$& plan=${plan}`);
}
