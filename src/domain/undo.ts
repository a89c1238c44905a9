import type { PlannedService } from './plan.ts';
import type { Link } from './service.ts';

/** One service's way back: what the run is to leave, and the old link that it returns to (rule 6). */
export interface UndoStep {
  readonly serviceId: string;
  readonly from: Link;
  readonly to: Link;
}

/** The plan's undo, compiled with the plan and approved with it: each service back to its own old organisation and system. */
export function undoSteps(planned: readonly PlannedService[]): UndoStep[] {
  return planned.map(({ serviceId, from, to }) => ({ serviceId, from: to, to: from }));
}
