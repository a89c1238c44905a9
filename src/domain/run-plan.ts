import type { PlanState } from './plan.ts';
import { canMove } from './plan-state.ts';
import type { RunDecision } from './run-decide.ts';

/** The plan's state for a run's; a paused undo is still rolling back. Completing is the plan's own step. */
export function planStateFor(decision: Pick<RunDecision, 'state' | 'direction'>): PlanState {
  if (decision.direction === 'undo' && decision.state === 'paused') return 'rolling-back';
  return decision.state;
}

/** The steps that take a plan where its run went; through `running` where there is no direct one. Empty: it is there. */
export function planSteps(from: PlanState, decision: Pick<RunDecision, 'state' | 'direction'>): readonly PlanState[] {
  const to = planStateFor(decision);
  if (from === to) return [];
  if (canMove(from, to) || !canMove(from, 'running')) return [to];
  return ['running', to];
}
