import { type Next, next, Refusal } from '../kernel/errors.ts';
import { inWords, lengthInWords } from '../kernel/time-words.ts';
import { type GoState, goGaps } from './go.ts';
import type { Reason } from './verdict.ts';
import type { Hours, Opening } from './working-hours.ts';

/** A reserved stretch for the bulk update: ISO instants, half-open. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** Lengths in seconds: what is left to change, and what must still fit afterwards. */
export interface Needed {
  readonly expectedSeconds: number;
  readonly verificationReserveSeconds: number;
  readonly rollbackReserveSeconds: number;
}

export interface StartQuestion {
  readonly hours: Hours;
  readonly zone: string;
  readonly now: Temporal.Instant;
  /** The plan's window and its reserves. */
  readonly windows: readonly Window[];
  readonly needed: Needed;
  readonly go: GoState;
  /** The second confirmation's reason, where one was given (rule 12). */
  readonly amberReason: string | null;
  /** When a person last looked at e-RS's live service pages for planned outages, ISO; it counts `outageCheckValidHours`. */
  readonly outageCheckedAt: string | null;
  readonly outageCheckValidHours: number;
}

export type GateCode =
  | Reason['rule']
  | 'no-window'
  | 'outside-window'
  | 'does-not-fit'
  | 'outage-check'
  | 'go'
  | 'amber';

export interface GateProblem {
  readonly code: GateCode;
  readonly text: string;
  readonly remedy: readonly Next[];
}

/** May it start? `window` is the one that now lies in; `closesAt` the earlier of its end and the next closed instant. */
export type StartVerdict =
  | { readonly may: true; readonly window: Window; readonly closesAt: string; readonly lastStart: string }
  | { readonly may: false; readonly problems: readonly GateProblem[]; readonly openings: readonly Opening[] };

export interface BatchQuestion {
  readonly hours: Hours;
  readonly now: Temporal.Instant;
  readonly window: Window;
  /** How long this batch or group of ticks takes, and what must still fit after it. */
  readonly batchSeconds: number;
  readonly reserveSeconds: number;
  readonly amberReason: string | null;
}

/** May this batch begin? Otherwise the run stops here, between two (rule 13). */
export type BatchVerdict =
  | { readonly may: true; readonly closesAt: string; readonly secondsLeft: number }
  | {
      readonly may: false;
      readonly code: Reason['rule'] | 'window-closing' | 'amber';
      readonly text: string;
      readonly reasons: readonly Reason[];
      readonly closesAt: string;
    };

/** Rules 12 and 13 at the start: hours, window, fit, the outage check, the go, and amber's second confirmation. Nobody can override. */
export function startVerdict(question: StartQuestion): StartVerdict {
  const { hours, now, windows, needed } = question;
  const wanted = needed.expectedSeconds + needed.verificationReserveSeconds + needed.rollbackReserveSeconds;
  const window = windows.find((candidate) => contains(candidate, now)) ?? null;
  const closesAt = closing(hours, now, window);
  const problems = [
    ...closedProblems(hours, now),
    ...windowProblems(question, window),
    ...fitProblems(question, window, closesAt, wanted),
    ...checkProblems(question),
    ...goProblems(question),
    ...amberProblems(question),
  ];
  if (window === null || problems.length > 0) {
    return { may: false, problems, openings: hours.openings(now, wanted, 3) };
  }
  return {
    may: true,
    window,
    closesAt: closesAt.toString(),
    lastStart: closesAt.subtract({ seconds: wanted }).toString(),
  };
}

/** The verdict as a refusal with the first problem's code; the message says all of them and the next openings that fit. */
export function startRefusal(verdict: StartVerdict & { may: false }, zone: string): Refusal {
  const [first] = verdict.problems;
  const openings = verdict.openings.map((opening) => inWords(opening.from, zone));
  const sentences = verdict.problems.map((problem) => problem.text);
  if (openings.length > 0) sentences.push(`Next openings that fit: ${openings.join('; ')}.`);
  return new Refusal(first?.code ?? 'outside-window', sentences.join(' '), {
    remedy: [...(first?.remedy ?? []), next('Why?', 'why')].slice(0, 2),
    facts: { problems: verdict.problems.map(({ code, text }) => ({ code, text })), openings: verdict.openings },
  });
}

/** Rules 12 and 13 before each batch or group of ticks, with what has changed since: a freeze, an incident, the closing window. */
export function batchVerdict(question: BatchQuestion): BatchVerdict {
  const { hours, now, window } = question;
  const { verdict, reasons } = hours.verdict(now);
  const closesAt = closing(hours, now, window);
  const closed = reasons.find((reason) => reason.rule !== 'amber-hours');
  const stop = (code: Reason['rule'] | 'window-closing' | 'amber', text: string): BatchVerdict => ({
    may: false,
    code,
    text,
    reasons,
    closesAt: closesAt.toString(),
  });
  if (closed) return stop(closed.rule, closed.text);
  if (!contains(window, now)) return stop('window-closing', 'The reserved window is over.');
  // An automation may declare a fraction of a second.
  const batchSeconds = Math.ceil(question.batchSeconds);
  const end = now.add({ seconds: batchSeconds });
  const wanted = batchSeconds + question.reserveSeconds;
  if (Temporal.Instant.compare(now.add({ seconds: wanted }), closesAt) > 0) {
    return stop('window-closing', `The next part needs ${lengthInWords(wanted)} with its reserves, more than is left.`);
  }
  const amber = verdict === 'amber' || hours.intervals(now, end).some((interval) => interval.verdict === 'amber');
  if (amber && !isReason(question.amberReason)) {
    return stop('amber', 'Going on now needs a second confirmation with a reason.');
  }
  return {
    may: true,
    closesAt: closesAt.toString(),
    secondsLeft: Math.floor((closesAt.epochMilliseconds - now.epochMilliseconds) / 1000),
  };
}

/** The planned time of a window, judged now (rule 13): what in it is closed or amber, and whether the run fits. */
export function windowVerdict(
  hours: Hours,
  window: Window,
  needed: Needed,
): { fits: boolean; amber: boolean; reasons: readonly Reason[] } {
  const from = Temporal.Instant.from(window.from);
  const wanted = needed.expectedSeconds + needed.verificationReserveSeconds + needed.rollbackReserveSeconds;
  const intervals = hours.intervals(from, Temporal.Instant.from(window.to));
  const closed = intervals.filter((interval) => interval.verdict === 'closed');
  const reasons = closed.flatMap((interval) => interval.reasons.filter((reason) => reason.rule !== 'amber-hours'));
  return {
    fits: closed.length === 0 && secondsBetween(window.from, window.to) >= wanted,
    amber: intervals.some((interval) => interval.verdict === 'amber'),
    reasons: [...new Set(reasons)],
  };
}

function closedProblems(hours: Hours, now: Temporal.Instant): GateProblem[] {
  return hours
    .verdict(now)
    .reasons.filter((reason) => reason.rule !== 'amber-hours')
    .map((reason) => ({ code: reason.rule, text: reason.text, remedy: [next('Reserve a window', 'window')] }));
}

function windowProblems({ windows, now, zone }: StartQuestion, window: Window | null): GateProblem[] {
  if (window !== null) return [];
  const remedy = [next('Reserve a window', 'window')];
  if (windows.length === 0) return [{ code: 'no-window', text: 'No window is reserved for this plan.', remedy }];
  const ahead = windows
    .filter((candidate) => Temporal.Instant.compare(candidate.from, now) > 0)
    .sort((one, other) => Temporal.Instant.compare(one.from, other.from));
  const text = ahead[0]
    ? `This plan’s window starts at ${inWords(ahead[0].from, zone)}.`
    : 'Every window reserved for this plan is over.';
  return [{ code: 'outside-window', text, remedy }];
}

function fitProblems(
  { now, zone, hours }: StartQuestion,
  window: Window | null,
  closesAt: Temporal.Instant,
  wanted: number,
): GateProblem[] {
  if (window === null || hours.verdict(now).verdict === 'closed') return [];
  if (Temporal.Instant.compare(now.add({ seconds: wanted }), closesAt) <= 0) return [];
  const text = `It does not fit: the run needs ${lengthInWords(wanted)} with checks and a way back, and time closes at ${inWords(closesAt, zone)}.`;
  return [{ code: 'does-not-fit', text, remedy: [next('Reserve a window', 'window')] }];
}

function checkProblems({ outageCheckedAt, outageCheckValidHours, now }: StartQuestion): GateProblem[] {
  const fresh =
    outageCheckedAt !== null &&
    Temporal.Instant.compare(now, Temporal.Instant.from(outageCheckedAt).add({ hours: outageCheckValidHours })) < 0;
  if (fresh) return [];
  const text = `Nobody has looked at the live service pages for planned e-RS outages in the last ${outageCheckValidHours} hours, and no calendar of them was read since.`;
  return [{ code: 'outage-check', text, remedy: [next('Record the check', 'outage', { what: 'checked' })] }];
}

function goProblems({ go }: StartQuestion): GateProblem[] {
  if (go.given) return [];
  return [{ code: 'go', text: `The go is not given: ${goGaps(go).join('; ')}.`, remedy: [next('Give the go', 'go')] }];
}

function amberProblems({ hours, now, needed, amberReason }: StartQuestion): GateProblem[] {
  if (isReason(amberReason)) return [];
  const amber = hours
    .intervals(now, now.add({ seconds: Math.max(1, Math.ceil(needed.expectedSeconds)) }))
    .flatMap((interval) => interval.reasons)
    .find((reason) => reason.rule === 'amber-hours');
  return amber ? [{ code: 'amber', text: amber.text, remedy: [] }] : [];
}

/** The earlier of the window's end and the first closed instant from now on. */
function closing(hours: Hours, now: Temporal.Instant, window: Window | null): Temporal.Instant {
  if (window === null) return now;
  const end = Temporal.Instant.from(window.to);
  const closed = hours.intervals(now, end).find((interval) => interval.verdict === 'closed');
  return closed ? Temporal.Instant.from(closed.from) : end;
}

function contains(window: Window, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(window.from, at) <= 0 && Temporal.Instant.compare(at, window.to) < 0;
}

function isReason(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}

function secondsBetween(from: string, to: string): number {
  return (Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 1000;
}
