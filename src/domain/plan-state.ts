import { next, Refusal } from '../kernel/errors.ts';
import type { PlanState } from './plan.ts';

/** Which state may follow which (product, The life of a plan). */
export const TRANSITIONS = {
  draft: ['submitted', 'withdrawn', 'expired'],
  submitted: ['draft', 'approved', 'withdrawn', 'expired'],
  approved: ['draft', 'submitted', 'running', 'withdrawn', 'expired'],
  running: ['paused', 'stopped', 'verifying'],
  paused: ['running', 'stopped', 'rolling-back'],
  stopped: ['running', 'verifying', 'rolling-back'],
  verifying: ['completed', 'rolling-back'],
  'rolling-back': ['rolled-back', 'stopped'],
  'rolled-back': [],
  completed: [],
  withdrawn: [],
  expired: [],
} as const satisfies Record<PlanState, readonly PlanState[]>;

export const STATE_WORDS = {
  draft: 'draft',
  submitted: 'waiting for approval',
  approved: 'approved',
  running: 'running',
  paused: 'paused',
  verifying: 'being verified',
  stopped: 'stopped part-way',
  'rolling-back': 'rolling back',
  'rolled-back': 'rolled back',
  completed: 'completed',
  withdrawn: 'withdrawn',
  expired: 'expired',
} as const satisfies Record<PlanState, string>;

/** A live plan holds its services: no other plan may take them (rule 4). */
const LIVE = {
  draft: true,
  submitted: true,
  approved: true,
  running: true,
  paused: true,
  verifying: true,
  stopped: true,
  'rolling-back': true,
  'rolled-back': false,
  completed: false,
  withdrawn: false,
  expired: false,
} as const satisfies Record<PlanState, boolean>;

export function isLive(state: PlanState): boolean {
  return LIVE[state];
}

/** Until it first runs, a plan's inputs can change and its votes can be taken back (rule 10). */
export function isBeforeRun(state: PlanState): boolean {
  return state === 'draft' || state === 'submitted' || state === 'approved';
}

export function canMove(from: PlanState, to: PlanState): boolean {
  return (TRANSITIONS[from] as readonly PlanState[]).includes(to);
}

/** Refuses a step that the life of a plan does not have. */
export function refuseStep(plan: { readonly number: number; readonly state: PlanState }, to: PlanState): void {
  if (canMove(plan.state, to)) return;
  const why =
    plan.state === to
      ? `is ${STATE_WORDS[to]} already`
      : `is ${STATE_WORDS[plan.state]}, so it cannot become ${STATE_WORDS[to]}`;
  throw new Refusal('plan-state', `Plan ${plan.number} ${why}. Open the plan to see what can be done now.`, {
    remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
    facts: { state: plan.state, to },
  });
}
