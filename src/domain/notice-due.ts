import { inWords, spanInWords } from '../kernel/time-words.ts';
import type { Notice, NoticeKind } from './notice.ts';
import { wentOn } from './notice-overtaken.ts';
import type { Plan } from './plan.ts';

export interface NoticeDue {
  readonly kind: NoticeKind;
  /** Why people have to be told, as a sentence or two. */
  readonly why: string;
  /** The same again is the same thing to offer. */
  readonly key: string;
  /** The plan that it is about, to be named where others are open too; null where it need not be. */
  readonly plan: number | null;
}

export interface DueInput {
  /** Not withdrawn, no tests, oldest first. */
  readonly notices: readonly Notice[];
  /** The plan that the newest notice is about. */
  readonly plan: Pick<Plan, 'number' | 'state'> | null;
  /** Is another plan of the migration still under way? Then a plan that was taken back cancels nothing. */
  readonly othersLive: boolean;
  readonly outage: { readonly from: string; readonly to: string } | null;
  readonly zone: string;
  readonly now: Temporal.Instant;
}

/** The promised end is near enough to ask whether it holds. */
const BEFORE_THE_END_MINUTES = 15;
/** After these nobody expects an outage any more. */
const CLOSING: readonly NoticeKind[] = ['completed', 'rolled-back', 'cancelled'];

/**
 * What people who were told something have to be told next, since the plan or its times have changed (rules 20, 21); null
 * where they know how it is. The planned notice and the reminder are nobody's duty here: the lead gate asks for them.
 */
export function noticeDue(input: DueInput): NoticeDue | null {
  const { notices, plan, outage, now, zone } = input;
  const last = notices.findLast((notice) => notice.startedAt !== null && notice.kind !== 'update');
  if (!last || notices.some((notice) => notice.id > last.id && notice.kind !== 'update' && wentOn(notice))) return null;
  const number = plan?.number ?? 0;
  const named = plan !== null && input.othersLive ? plan.number : null;
  const due = (kind: NoticeKind, why: string) => ({ kind, why, key: `${kind} after ${last.id}`, plan: named });
  if (plan?.state === 'completed') {
    const why = `Plan ${number} is completed, and people have not been told that booking is open again.`;
    return last.kind === 'completed' ? null : due('completed', why);
  }
  if (plan?.state === 'rolled-back') {
    const why = `Plan ${number} is back on the old system, and people have not been told that booking is open again.`;
    return last.kind === 'rolled-back' ? null : due('rolled-back', why);
  }
  if (CLOSING.includes(last.kind)) return null;
  if ((plan?.state === 'withdrawn' || plan?.state === 'expired') && !input.othersLive) {
    return due('cancelled', `Plan ${number} is ${plan.state}, and people still expect the outage.`);
  }
  const told = last.facts.outage;
  if (outage === null || told === null) return null;
  if (outage.from === told.from && outage.to === told.to) return overdue(input, outage, due);
  const begun = Temporal.Instant.compare(now, told.from) >= 0;
  const later = Temporal.Instant.compare(outage.to, told.to) > 0;
  const kind = later && (begun || outage.from === told.from) ? 'extended' : 'moved';
  const spans = `The outage is now ${spanInWords(outage.from, outage.to, zone)}; people were told ${spanInWords(told.from, told.to, zone)}.`;
  return { ...due(kind, spans), key: `${kind} after ${last.id} to ${outage.from}/${outage.to}` };
}

function overdue(
  { plan, now, zone }: DueInput,
  outage: { readonly to: string },
  due: (kind: NoticeKind, why: string) => NoticeDue,
): NoticeDue | null {
  const soon = Temporal.Instant.from(outage.to).subtract({ minutes: BEFORE_THE_END_MINUTES });
  if (plan === null || Temporal.Instant.compare(now, soon) < 0) return null;
  return due(
    'extended',
    `People were told that booking is open again from ${inWords(outage.to, zone)}, and plan ${plan.number} is not completed. If it takes longer, set the new end with \`/bsu outage\` and tell them.`,
  );
}
