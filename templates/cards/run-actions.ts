import type { Action } from '../../src/card/card.ts';
import type { RunState } from '../../src/domain/run.ts';
import type { RunFacts } from '../../src/domain/run-answers.ts';
import { guidedActions, isHeldAroundUpdate } from './run-guided.ts';

type DoAction = Extract<Action, { readonly kind: 'do' }>;
const PAUSE: Action = { kind: 'do', label: 'Pause', verb: 'pause', input: {} };
const RESUME: DoAction = { kind: 'do', label: 'Go on', verb: 'resume', input: {}, style: 'primary' };
const ABORT: Action = {
  kind: 'do',
  label: 'Abort…',
  verb: 'abort',
  input: {},
  style: 'danger',
  ask: { name: 'reason', label: 'Why the run stops here' },
};
const RETRY: DoAction = { kind: 'do', label: 'Retry the failed', verb: 'retry', input: {}, style: 'primary' };
const MANUAL: DoAction = { kind: 'do', label: 'Manual board', verb: 'manual', input: {} };
const MANUAL_FIRST: Action = { ...MANUAL, style: 'primary' };
const UNDO: DoAction = {
  kind: 'do',
  label: 'Undo…',
  verb: 'undo',
  input: {},
  style: 'danger',
  ask: { name: 'checked', label: 'When did you see the old PAS answer?', hint: 'Like now, or 8:40pm' },
};
const AGREE: DoAction = {
  kind: 'do',
  label: 'Agree to the undo',
  verb: 'undo',
  input: { what: 'agree' },
  style: 'danger',
  confirm: {
    title: 'Go back to the old system?',
    text: 'Every service that the run changed goes back.',
    yes: 'Go back',
  },
};
const ALONE: DoAction = {
  kind: 'do',
  label: 'Nobody answers: go on…',
  verb: 'undo',
  input: { what: 'go' },
  style: 'danger',
};
const STAY: DoAction = { kind: 'do', label: 'Stay on the new system', verb: 'undo', input: { what: 'stay' } };
const STAY_FORWARD: DoAction = {
  kind: 'do',
  label: 'Stay on the new system…',
  verb: 'undo',
  input: { what: 'stay' },
  style: 'primary',
  confirm: {
    title: 'Nothing else goes back?',
    text: 'The old PAS does not answer any more. What went back already is then set to the new system by hand, on the manual board.',
    yes: 'It stays',
  },
};
const POLLS: DoAction = { kind: 'do', label: 'Slot polls', verb: 'polls', input: {}, style: 'primary' };

/** What may be pressed at this run now; an undo names its plan, since an older run's card stays where it is. */
export function runActions(facts: RunFacts): readonly Action[] {
  const { pending, applying, applied } = facts.counts;
  const left = facts.progress.left > 0 ? [MANUAL] : [];
  const plan = String(facts.planNumber);
  const waiting = undoNow(facts);
  const asked = waiting === null ? [UNDO] : undoAnswers(waiting, facts.at);
  const undo = asked.map((one) => ({ ...one, input: { ...one.input, plan } }));
  const staying = { ...STAY_FORWARD, input: { ...STAY_FORWARD.input, plan } };
  if (facts.direction === 'undo' && isHeldOrGoing(facts) && oldPasOver(facts)) return [staying, MANUAL];
  const table = {
    running: facts.guided ? [...guidedActions(facts, facts.guided), PAUSE] : [PAUSE, ABORT, ...left],
    paused:
      facts.direction === 'undo'
        ? pending + applying + applied > 0
          ? [...heldSteps(facts), RESUME, ...left]
          : [MANUAL_FIRST]
        : [...heldSteps(facts), RESUME, ABORT, ...left, ...undo],
    stopped: [...goingOn(facts), ...undo],
    verifying: [{ ...POLLS, input: { plan } }, ...undo],
    'rolling-back': facts.guided ? [...guidedActions(facts, facts.guided), PAUSE] : [PAUSE, ...left],
    'rolled-back': [],
    completed: [],
  } satisfies Record<RunState, readonly Action[]>;
  return table[facts.state].slice(0, 5);
}

/** What has happened on the screen already is taken down while the run is held, and Clear is the way out (rule 15). */
function heldSteps(facts: RunFacts): readonly Action[] {
  if (facts.guided === null || !isHeldAroundUpdate(facts)) return [];
  return guidedActions(facts, facts.guided).filter((one) => one.kind !== 'do' || one.input.what !== 'handover');
}

function isHeldOrGoing({ state }: RunFacts): boolean {
  return state === 'paused' || state === 'rolling-back';
}

function oldPasOver({ oldPasUntil, at }: RunFacts): boolean {
  return oldPasUntil !== null && Date.parse(at) >= Date.parse(oldPasUntil);
}

/** One that was asked for too long ago is asked for again. */
export function undoNow({ undo, at }: RunFacts): RunFacts['undo'] {
  return undo !== null && Date.parse(at) <= Date.parse(undo.countsUntil) ? undo : null;
}

/** Whoever asked waits for an answer, and after ten minutes may go on alone; everybody else may agree (rule 18). */
function undoAnswers({ aloneFrom, byYou }: NonNullable<RunFacts['undo']>, at: string): DoAction[] {
  const alone = byYou !== false && Date.parse(at) >= Date.parse(aloneFrom) ? [ALONE] : [];
  return [...(byYou === true ? [] : [AGREE]), ...alone, STAY];
}

/** Once the window is over, what is left is for people first; it goes on in a reserve window (rules 10, 17). */
function goingOn(facts: RunFacts): Action[] {
  const { failed, pending } = facts.counts;
  const again = failed > 0 ? [RETRY] : pending > 0 ? [RESUME] : [];
  const over = Date.parse(facts.at) >= Date.parse(facts.window.to);
  return over ? [MANUAL_FIRST, ...again.map(({ style: _, ...plain }) => plain)] : [...again, MANUAL];
}
