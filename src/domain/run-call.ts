import { clockInWords, counted } from '../kernel/time-words.ts';
import type { Person, RoleHolder } from './person.ts';
import type { Role } from './role.ts';
import type { Run } from './run.ts';
import type { RunCall } from './run-decide.ts';
import type { Progress } from './run-progress.ts';

/** Everything of a run that is also one new message in the thread (rule 19). */
export type Call =
  | RunCall
  | 'started'
  | 'window-closing'
  | 'window-over'
  | 'undo-or-stay'
  | 'handed-over'
  | 'undo-asked';

/** Whom a call needs: these roles, besides the one who carries the run out and the deputy. */
const NEEDED = {
  started: ['e-rs-lead'],
  continued: ['e-rs-lead'],
  paused: ['e-rs-lead'],
  stopped: ['e-rs-lead', 'planner'],
  'undo-held': ['e-rs-lead', 'clinical-safety-officer'],
  finished: ['e-rs-lead', 'tester'],
  'window-closing': ['e-rs-lead'],
  'window-over': ['e-rs-lead'],
  'undo-or-stay': ['e-rs-lead', 'clinical-safety-officer'],
  'handed-over': ['e-rs-lead'],
  'undo-asked': ['e-rs-lead', 'clinical-safety-officer', 'approver'],
  'undo-started': ['e-rs-lead', 'clinical-safety-officer', 'communications-lead'],
  'undo-finished': ['e-rs-lead', 'clinical-safety-officer', 'communications-lead'],
  'undo-ended': ['e-rs-lead', 'clinical-safety-officer', 'communications-lead'],
} as const satisfies Record<Call, readonly Role[]>;

/** The people that a call names, each once, those who carry it out first. */
export function calledPeople(
  call: Call,
  run: Pick<Run, 'runnerId' | 'deputyId'>,
  holders: readonly RoleHolder[],
): Person[] {
  const roles: readonly Role[] = NEEDED[call];
  const first = holders.filter(({ person }) => person.id === run.runnerId || person.id === run.deputyId);
  const byRole = holders.filter(({ role }) => roles.includes(role));
  return [...new Map([...first, ...byRole].map(({ person }) => [person.id, person])).values()];
}

export interface CallFacts {
  readonly planNumber: number | null;
  readonly progress: Progress;
  /** Why, in a sentence, where there is a reason. */
  readonly words: string;
  readonly closesAt: string;
  readonly zone: string;
}

/** What the message says: the fact, why, and what next. */
export function callWords(call: Call, facts: CallFacts): string {
  const plan = facts.planNumber === null ? 'The run' : `The run of plan ${facts.planNumber}`;
  const { done, total, left, open } = facts.progress;
  const sofar = `${done} of ${counted(total, 'service')} done, ${left + open} left.`;
  const because = facts.words === '' ? '' : ` ${facts.words}`;
  const words = {
    started: `${plan} has started: ${counted(total, 'service')}.${because}`,
    continued: `${plan} goes on. ${sofar}`,
    paused: `${plan} is paused.${because} ${sofar} The service definer or the e-RS lead can resume it.`,
    stopped: `${plan} has stopped.${because} ${sofar} ${left > 0 ? 'Retry the failed ones' : 'Go on'}, open the manual board, or undo.`,
    'undo-held': `${plan}: the way back to the old system is held.${because} ${done} of ${counted(total, 'service')} back, ${left + open} left. Go on, or do what is left on the manual board.`,
    finished: `${plan} is finished: ${sofar} Next: manual slot polls, then the verification tests.`,
    'window-closing': `${plan}: the window closes at ${clockInWords(facts.closesAt, facts.zone)}. ${sofar}`,
    'window-over': `${plan}: the window is over, so do not press Update any more. If it was pressed, say so; if not, press Clear, here and on the screen. ${sofar}`,
    'undo-or-stay': `${plan}: undo now, or stay?${because} ${sofar} The service definer asks for the undo; without an answer it stays.`,
    'handed-over': `${plan} was handed over.${because} ${sofar}`,
    'undo-asked': `${plan}: an undo was asked for.${because} The e-RS lead, the clinical safety officer or an approver has to agree.`,
    'undo-started': `${plan} is going back to the old system.${because}`,
    'undo-finished': `${plan} is back on the old system: ${done} of ${counted(total, 'service')}. Next: tell people, and check a few services on the screen.`,
    'undo-ended': `${plan}: the old PAS does not answer any more, so nothing else goes back. ${done} of ${counted(total, 'service')} on the new system, ${left + open} for people. Next: set these to the new system on the manual board, and tell people that it takes longer.`,
  } as const satisfies Record<Call, string>;
  return words[call];
}
