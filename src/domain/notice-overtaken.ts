import { canonicalJson } from '../kernel/canonical.ts';
import { counted, inWords, spanInWords } from '../kernel/time-words.ts';
import { KIND_RULES, type Notice, type NoticeFacts, type NoticeKind } from './notice.ts';
import type { Plan } from './plan.ts';
import { isLive, STATE_WORDS } from './plan-state.ts';

export interface Overtaken {
  /** Why its mails must not go out now, as a sentence. */
  readonly why: string;
  /** What to do instead, as a sentence. */
  readonly todo: string;
}

export interface Circumstances {
  /** Of its migration; no tests. */
  readonly notices: readonly Notice[];
  readonly outage: NoticeFacts['outage'];
  /** The plan that the notice is about. */
  readonly plan: Pick<Plan, 'number' | 'state'> | null;
  /** What it would say if it were made now; null: some have got it already, it is not due, or it is about no plan. */
  readonly saysNow: Pick<NoticeFacts, 'services' | 'wording'> | null;
  readonly now: Temporal.Instant;
}

/** They say how it ended: another time of the outage does not change that. */
const ENDS: readonly NoticeKind[] = ['completed', 'rolled-back', 'cancelled'];
/** They take nothing's place: one goes to some again, the other says something besides. */
const BESIDES: readonly NoticeKind[] = ['reminder', 'update'];
/** From an approved plan only, and never at once by themselves (rule 21). */
const WAITING: readonly NoticeKind[] = ['planned', 'reminder', 'started'];
const AHEAD: readonly NoticeKind[] = ['planned', 'reminder'];

/**
 * Old news after new news would mislead: why a notice that waits, is held or failed for some must not go to anybody any more,
 * or null. Judged when it is due, while it goes out, and when somebody lets it go on or sends it again.
 */
export function overtaken(notice: Notice, { notices, outage, plan, saysNow, now }: Circumstances): Overtaken | null {
  const { kind, facts } = notice;
  const newer = notices.findLast((one) => takesPlaceOf(one, notice));
  if (newer) {
    return {
      why: `Notice ${newer.facts.reference} (${KIND_RULES[newer.kind].words}) has taken its place.`,
      todo: 'Whom that one did not reach is sent that one again.',
    };
  }
  if (ENDS.includes(kind)) return null;
  const told = facts.outage;
  if (told !== null && outage !== null && !sameTime(told, outage)) {
    const span = ({ from, to }: { from: string; to: string }) => spanInWords(from, to, facts.zone);
    return { why: `The outage is now ${span(outage)}; this notice says ${span(told)}.`, todo: todoOf(notice) };
  }
  if (kind === 'update') return null;
  if (plan !== null && !isLive(plan.state)) {
    return { why: `Plan ${plan.number} is ${STATE_WORDS[plan.state]}.`, todo: todoOf(notice) };
  }
  if (notice.startedAt !== null || Temporal.Instant.compare(now, notice.dueAt) < 0) return null;
  const untimely = told === null ? null : tooSoonOrLate(notice, told.from, plan, now);
  return untimely ?? (saysNow === null ? null : otherWords(notice, saysNow));
}

/** Of a notice that is due and that nobody has got. */
function tooSoonOrLate(
  notice: Notice,
  starts: string,
  plan: Circumstances['plan'],
  now: Temporal.Instant,
): Overtaken | null {
  if (AHEAD.includes(notice.kind) && Temporal.Instant.compare(now, starts) >= 0) {
    return { why: `The outage that it announces began ${inWords(starts, notice.facts.zone)}.`, todo: todoOf(notice) };
  }
  if (!WAITING.includes(notice.kind) || (plan?.state !== 'draft' && plan?.state !== 'submitted')) return null;
  return {
    why: `Plan ${plan.number} has changed and is not approved any more.`,
    todo: `Let it go on once the plan is approved again, if its words still hold: \`/bsu hold ${notice.id} off\`.`,
  };
}

/** Approved again with other services or other words: nobody has confirmed the old ones for today. */
function otherWords(notice: Notice, now: NonNullable<Circumstances['saysNow']>): Overtaken | null {
  const said = ({ services, wording }: typeof now) => canonicalJson({ services, wording });
  if (said(notice.facts) === said(now)) return null;
  const { count } = notice.facts.services;
  const what =
    canonicalJson(notice.facts.services) === canonicalJson(now.services)
      ? 'The texts of the notices have changed since it was made.'
      : count === now.services.count
        ? 'The services of its plan have changed since it was made.'
        : `It says ${counted(count, 'service')}; its plan has ${now.services.count} now.`;
  return { why: what, todo: todoOf(notice) };
}

function takesPlaceOf(one: Notice, old: Notice): boolean {
  if (one.id <= old.id || !wentOn(one) || BESIDES.includes(one.kind)) return false;
  return one.planId === old.planId || one.planId === null || !sameTime(one.facts.outage, old.facts.outage);
}

/** Begun, or about to: one that was held before anybody got it has said nothing. */
export function wentOn({ status, startedAt }: Pick<Notice, 'status' | 'startedAt'>): boolean {
  return status !== 'withdrawn' && (startedAt !== null || status !== 'held');
}

function todoOf({ id, startedAt }: Notice): string {
  return startedAt === null
    ? `Nobody has got it: take it back with \`/bsu hold ${id} withdraw\`, and send one that is true.`
    : 'Some have got it: `/bsu notices` says what people have to be told now.';
}

function sameTime(a: NoticeFacts['outage'], b: NoticeFacts['outage']): boolean {
  return a === b || (a !== null && b !== null && sameInstant(a.from, b.from) && sameInstant(a.to, b.to));
}

function sameInstant(a: string, b: string): boolean {
  return Temporal.Instant.compare(a, b) === 0;
}
