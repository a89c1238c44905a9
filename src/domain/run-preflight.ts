import { clockInWords, counted, inWords } from '../kernel/time-words.ts';
import type { Blocker } from './checklist-state.ts';
import type { InformedVerdict } from './notice-informed.ts';
import type { PreflightLine } from './run-answers.ts';
import type { GateCode, StartVerdict } from './run-gate.ts';

/** What the gates say before a start; each fails closed (rules 7, 8, 9, 12, 13, 24, 29). */
export interface PreflightGiven {
  readonly practice: boolean;
  /** The inputs' hash now and the one that was approved. */
  readonly hash: { readonly now: string | null; readonly approved: string | null };
  readonly approval: { readonly complete: boolean; readonly missing: string };
  readonly rolesHeld: { readonly ok: boolean; readonly text: string };
  /** How each site's list compared with the live screen (rule 6). */
  readonly screen: readonly ScreenLook[];
  readonly checklist: readonly Blocker[];
  /** Null for a practice plan, which needs no notice. */
  readonly informed: InformedVerdict | null;
  readonly start: StartVerdict;
  readonly zone: string;
}

const TIME_GATES = [
  'zone',
  'bank-holidays',
  'working-hours',
  'e-rs-outage',
  'amber',
  'amber-hours',
] as const satisfies GateCode[];
const WINDOW_GATES = ['no-window', 'outside-window', 'does-not-fit'] as const satisfies GateCode[];

/** One site of the plan: whether its list was compared with the live screen in the last day, and what that showed. */
export interface ScreenLook {
  readonly site: string;
  readonly name: string;
  /** ISO instant of a look that matched and still counts; null where there is none. */
  readonly matchedAt: string | null;
  /** A difference that nobody has cleared up. */
  readonly differs: boolean;
}

/** Every gate with its verdict, in the order in which a team looks at them. */
export function preflight(given: PreflightGiven): PreflightLine[] {
  return [
    hashLine(given.hash),
    line('Votes', given.approval.complete, 'The approval is complete and still valid.', given.approval.missing, 'show'),
    { gate: 'Roles', ok: given.rolesHeld.ok, text: given.rolesHeld.text, verb: given.rolesHeld.ok ? null : 'people' },
    checklistLine(given.checklist),
    ...(given.practice || given.informed === null ? [] : [informedLine(given.informed)]),
    startLine(given.start, 'Working hours', TIME_GATES, 'Outside working hours.', 'why'),
    startLine(given.start, 'Freeze', ['freeze'], 'Nothing is frozen.', 'why'),
    startLine(given.start, 'National incident', ['incident'], 'None is declared.', 'why'),
    windowLine(given.start, given.zone),
    screenLine(given.screen, given.zone),
    startLine(given.start, 'Planned e-RS outages', ['outage-check'], 'Checked on the live service pages.', 'outage'),
    startLine(given.start, 'Go', ['go'], 'The go is complete.', 'go'),
  ];
}

export function mayStart(lines: readonly PreflightLine[]): boolean {
  return lines.every((one) => one.ok);
}

function line(gate: string, ok: boolean, good: string, bad: string, verb: string): PreflightLine {
  return { gate, ok, text: ok ? good : bad, verb: ok ? null : verb };
}

function hashLine({ now, approved }: PreflightGiven['hash']): PreflightLine {
  const same = now !== null && now === approved;
  const bad = approved === null ? 'Nothing was approved yet.' : 'The plan changed after it was approved.';
  return line('Approved plan', same, 'Unchanged since it was approved.', bad, 'show');
}

function checklistLine(blockers: readonly Blocker[]): PreflightLine {
  const words = blockers.map((one) => `${one.words} (${one.owner}): ${one.because}`).join('; ');
  return line('Checklist', blockers.length === 0, 'Everything that the run needs is done.', words, 'checklist');
}

function informedLine(informed: InformedVerdict): PreflightLine {
  const [first] = informed.faults;
  const text = informed.ok ? informed.headline : informed.faults.map((fault) => fault.text).join(' ');
  return { gate: 'People are informed', ok: informed.ok, text, verb: first?.verb ?? null };
}

function startLine(
  start: StartVerdict,
  gate: string,
  codes: readonly GateCode[],
  good: string,
  verb: string,
): PreflightLine {
  const found = start.may ? [] : start.problems.filter((problem) => codes.includes(problem.code));
  const text = found.map((problem) => problem.text).join(' ');
  return line(gate, found.length === 0, good, text, found[0]?.remedy[0]?.verb ?? verb);
}

/**
 * A difference that nobody cleared up closes the gate: services were created or ended since the extract. A site that was not
 * compared is ticked singly and counted, which needs no look before (rules 6, 15).
 */
function screenLine(looks: readonly ScreenLook[], zone: string): PreflightLine {
  const gate = 'Live screen';
  const differing = looks.filter((look) => look.differs).map((look) => look.name);
  if (differing.length > 0) {
    const text = `The screen lists other services than the import at ${differing.join(', ')}. Look again, import anew, or say why it does not matter.`;
    return { gate, ok: false, text, verb: 'screen' };
  }
  const matched = looks.flatMap(({ name, matchedAt }) =>
    matchedAt ? [`${name} ${clockInWords(matchedAt, zone)}`] : [],
  );
  const singly = looks.filter(({ matchedAt }) => matchedAt === null).length;
  const compared = matched.length > 0 ? [`Compared in the last 24 hours: ${matched.join(', ')}.`] : [];
  const rest = singly > 0 ? [`${counted(singly, 'site')} not compared: ticked service by service, and counted.`] : [];
  return { gate, ok: true, text: [...compared, ...rest].join(' '), verb: null };
}

function windowLine(start: StartVerdict, zone: string): PreflightLine {
  const good = start.may ? `Open until ${inWords(start.closesAt, zone)}.` : 'In the reserved window.';
  return startLine(start, 'Window', WINDOW_GATES, good, 'window');
}
