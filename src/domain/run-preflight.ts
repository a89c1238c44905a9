import { inWords } from '../kernel/time-words.ts';
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
  readonly runnerMay: { readonly ok: boolean; readonly text: string };
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
const STOP_GATES = ['freeze', 'incident'] as const satisfies GateCode[];
const WINDOW_GATES = ['no-window', 'outside-window', 'does-not-fit'] as const satisfies GateCode[];

/** Every gate with its verdict, in the order in which a team looks at them. */
export function preflight(given: PreflightGiven): PreflightLine[] {
  return [
    hashLine(given.hash),
    line('Votes', given.approval.complete, 'The approval is complete and still valid.', given.approval.missing, 'show'),
    { gate: 'Service definer', ok: given.runnerMay.ok, text: given.runnerMay.text, verb: 'people' },
    checklistLine(given.checklist),
    ...(given.practice || given.informed === null ? [] : [informedLine(given.informed)]),
    startLine(given.start, 'Working hours', TIME_GATES, 'Outside working hours.', 'why'),
    startLine(given.start, 'Freeze and incident', STOP_GATES, 'No freeze and no national incident.', 'why'),
    windowLine(given.start, given.zone),
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

function windowLine(start: StartVerdict, zone: string): PreflightLine {
  const good = start.may ? `Open until ${inWords(start.closesAt, zone)}.` : 'In the reserved window.';
  return startLine(start, 'Window', WINDOW_GATES, good, 'window');
}
