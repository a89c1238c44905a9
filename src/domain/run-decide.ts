import { Refusal } from '../kernel/errors.ts';
import type { Direction, HoldReason, RunState } from './run.ts';

/** What may happen to a run. `continue` is resume or retry from a pause or a stop; gates are judged before, not here. */
export type RunAction =
  | { readonly kind: 'pause'; readonly reason: HoldReason; readonly words: string }
  | { readonly kind: 'continue' }
  | { readonly kind: 'stop'; readonly reason: HoldReason; readonly words: string }
  | { readonly kind: 'all-settled' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'all-undone' }
  /** The old PAS is off before all is back: what went back is for people, towards the new system again. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'complete' };

export interface RunSituation {
  readonly state: RunState;
  readonly direction: Direction;
}

/** What follows: the next state, why it is held, and which call for help goes out (rule 19). */
export interface RunDecision {
  readonly state: RunState;
  readonly direction: Direction;
  readonly hold: { readonly reason: HoldReason; readonly words: string; readonly at: string } | null;
  readonly finishedAt: string | null;
  /** When it begins to go on, again or the other way; null where it does not. */
  readonly drivenFrom: string | null;
  readonly call: RunCall | null;
}

export type RunCall =
  | 'continued'
  | 'paused'
  | 'stopped'
  | 'finished'
  | 'undo-held'
  | 'undo-started'
  | 'undo-finished'
  | 'undo-ended';

type Moves = Partial<Record<RunAction['kind'], RunState>>;

/** The run's whole life. An undo that has to wait is paused, and goes back to rolling back. */
const FORWARD = {
  running: { pause: 'paused', stop: 'stopped', 'all-settled': 'verifying' },
  paused: { continue: 'running', stop: 'stopped', 'all-settled': 'verifying', undo: 'rolling-back' },
  stopped: { continue: 'running', 'all-settled': 'verifying', undo: 'rolling-back' },
  verifying: { undo: 'rolling-back', complete: 'completed' },
  'rolling-back': {},
  'rolled-back': {},
  completed: {},
} as const satisfies Record<RunState, Moves>;

const UNDOING = {
  running: {},
  paused: { continue: 'rolling-back', 'all-undone': 'rolled-back', stay: 'stopped' },
  stopped: {},
  verifying: {},
  'rolling-back': { pause: 'paused', stop: 'paused', 'all-undone': 'rolled-back', stay: 'stopped' },
  'rolled-back': {},
  completed: {},
} as const satisfies Record<RunState, Moves>;

const MOVES: Record<Direction, Record<RunState, Moves>> = { forward: FORWARD, undo: UNDOING };

const CALLS = {
  pause: 'paused',
  continue: 'continued',
  stop: 'stopped',
  'all-settled': 'finished',
  undo: 'undo-started',
  'all-undone': 'undo-finished',
  stay: 'undo-ended',
  complete: null,
} as const satisfies Record<RunAction['kind'], RunCall | null>;

const DIRECTIONS: Partial<Record<RunAction['kind'], Direction>> = { undo: 'undo', stay: 'forward' };

export const RUN_STATE_WORDS = {
  running: 'running',
  paused: 'paused',
  stopped: 'stopped',
  verifying: 'finished and being verified',
  'rolling-back': 'going back to the old system',
  'rolled-back': 'back on the old system',
  completed: 'completed',
} as const satisfies Record<RunState, string>;

/** The run has come to an end, or to a part of one: the record's head is posted then (rule 27). */
export function runEnded(state: RunState): boolean {
  return state === 'verifying' || state === 'stopped' || state === 'rolled-back';
}

const ACTION_WORDS = {
  pause: 'paused',
  continue: 'continued',
  stop: 'stopped',
  'all-settled': 'finished',
  undo: 'undone',
  'all-undone': 'closed as undone',
  stay: 'kept on the new system',
  complete: 'completed',
} as const satisfies Record<RunAction['kind'], string>;

/** Is the action possible at all in this state? */
export function mayRun(situation: RunSituation, kind: RunAction['kind']): boolean {
  return MOVES[situation.direction][situation.state][kind] !== undefined;
}

/** The next state, or a refusal "run-state" that names the present one (rule 16). */
export function decideRun(situation: RunSituation, action: RunAction, now: Temporal.Instant): RunDecision {
  const state = MOVES[situation.direction][situation.state][action.kind];
  if (state === undefined) {
    throw new Refusal(
      'run-state',
      `The run is ${RUN_STATE_WORDS[situation.state]}, so it cannot be ${ACTION_WORDS[action.kind]}.`,
      { facts: { state: situation.state } },
    );
  }
  const held = action.kind === 'pause' || action.kind === 'stop';
  return {
    state,
    direction: DIRECTIONS[action.kind] ?? situation.direction,
    hold: held ? { reason: action.reason, words: action.words, at: now.toString() } : null,
    finishedAt: state === 'verifying' || state === 'rolled-back' || state === 'completed' ? now.toString() : null,
    drivenFrom: state === 'running' || state === 'rolling-back' ? now.toString() : null,
    call: held && situation.direction === 'undo' ? 'undo-held' : CALLS[action.kind],
  };
}
