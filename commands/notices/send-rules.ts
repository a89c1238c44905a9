import type { CommandContext } from '../../src/command.ts';
import { readLocalTime } from '../../src/domain/local-time.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/migration.ts';
import { KIND_RULES, type NoticeKind } from '../../src/domain/notice.ts';
import { isOutageFault, isWelshFault, type NoticeDraft, type NoticeFault } from '../../src/domain/notice-facts.ts';
import { leadDeadline, nextSendingTime, type SendingForecast, sendingForecast } from '../../src/domain/notice-lead.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { isBeforeRun } from '../../src/domain/plan-state.ts';
import { type Next, next, Refusal } from '../../src/kernel/errors.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';
import { aboutOf } from './inputs.ts';
import { migrationOf } from './of-migration.ts';

/** Announced days ahead, at a time when people read; the others say what is so now. */
const AHEAD: readonly NoticeKind[] = ['planned', 'reminder'];
/** What a notice says only once it has been approved, or once it has happened. */
const BEFORE_APPROVAL: readonly NoticeKind[] = ['cancelled', 'update'];

/**
 * Why this kind cannot go out yet, or null. Whoever was told a time that no longer holds is told so at once: that does not
 * wait for the votes on the new time, and its words were approved with the plan (rules 13, 21).
 */
export function whyLocked(kind: NoticeKind, plan: Plan | null, toldBefore: boolean): string | null {
  if (BEFORE_APPROVAL.includes(kind) || (kind === 'moved' && toldBefore)) return null;
  if (kind === 'completed' && plan?.state !== 'completed') {
    return 'Locked until the plan is completed: the verification quorum and the slot polls come first.';
  }
  if (kind === 'rolled-back' && plan?.state !== 'rolled-back') return 'Locked until the change was taken back.';
  if (plan === null) return 'There is no plan yet, so there is nothing to tell.';
  if (isBeforeRun(plan.state) && plan.state !== 'approved') {
    return `Plan ${plan.number} is not approved yet. Notices go out from an approved plan.`;
  }
  return null;
}

/**
 * The communications lead sends; what cannot wait at night the e-RS lead may send too, and whoever runs this plan or has run it:
 * while it is verified, and when it is over (rule 21).
 */
export async function refuseUnlessSender(ctx: CommandContext, kind: NoticeKind, plan: Plan | null): Promise<void> {
  if (ctx.roles.includes('communications-lead')) return;
  const night = KIND_RULES[kind].atNight;
  if (night && ctx.roles.includes('e-rs-lead')) return;
  if (night && plan !== null && ctx.roles.includes('service-definer')) {
    const runs = await ctx.store.runs.ofPlan(plan.id);
    if (runs.some((run) => run.runnerId === ctx.person.id || run.deputyId === ctx.person.id)) return;
  }
  throw new Refusal('role', `The communications lead sends this notice (${KIND_RULES[kind].words}). Ask them.`, {
    remedy: [next('Who is who', 'people')],
  });
}

function notYet(kind: NoticeKind, plan: Plan | null, locked: string): Refusal {
  const first = kind === 'completed' ? next('Show the tests', 'verify') : next('Show the plan', 'show');
  return new Refusal('notice-locked', locked, { remedy: [first, next('Preview', 'preview', aboutOf(kind, plan))] });
}

/** Everything that stands between this draft and its readers; all at once (rule 20). */
export function refuseUnlessReady(kind: NoticeKind, draft: NoticeDraft): void {
  const locked = whyLocked(kind, draft.plan, draft.composed.replaces !== null);
  // What such a notice lacks is what has not happened yet: nobody can write it.
  if (locked !== null && (kind === 'completed' || kind === 'rolled-back')) throw notYet(kind, draft.plan, locked);
  const faults = draft.composed.faults;
  const remedy = [...mendingOf(faults), next('Preview', 'preview', aboutOf(kind, draft.plan))];
  if (faults.length > 0) {
    const lines = faults.map((fault) => fault.problem).join('\n');
    throw new Refusal('notice-incomplete', `The notice is not complete, so nobody was mailed.\n${lines}`, {
      remedy,
      facts: { missing: faults.map((fault) => fault.label) },
    });
  }
  if (locked !== null) throw notYet(kind, draft.plan, locked);
  if (draft.counts.commissioners + draft.counts.referrers === 0) {
    throw new Refusal('no-recipients', 'Nobody would get this notice: no list with a valid email address is there.', {
      remedy: [next('Upload a list', 'import'), next('Show the recipients', 'recipients')],
    });
  }
}

/** What mends these faults: the team's own texts, the translators' words, or both. */
export function mendingOf(faults: readonly NoticeFault[]): readonly Next[] {
  const welsh = faults.some(isWelshFault);
  return [
    ...(faults.some(isOutageFault) ? [next('Set the outage', 'outage', { what: 'set' })] : []),
    ...(faults.some(({ field }) => field !== null) ? [next('Write what is missing', 'wording', { what: 'fill' })] : []),
    ...(welsh ? [next('The Welsh words', 'wording', { what: 'welsh' })] : []),
  ];
}

/** A rehearsal's mail goes nowhere, so it is not slowed down unless somebody sets a rate. 0 is no limit. */
export function rateOf(ctx: CommandContext): number | null {
  const { mailsPerMinute } = migrationOf(ctx).settings;
  if (ctx.rehearsal && mailsPerMinute === DEFAULT_SETTINGS.mailsPerMinute) return null;
  return mailsPerMinute === null || mailsPerMinute < 1 ? null : Math.floor(mailsPerMinute);
}

/** When it goes: the time that was typed, never before now; else 9am on a working day, or at once (rule 21). */
export function dueTime(ctx: CommandContext, kind: NoticeKind, typed: string | undefined): Temporal.Instant {
  const { zone } = migrationOf(ctx);
  if (typed !== undefined) {
    const at = readLocalTime(typed, zone, ctx.now);
    return Temporal.Instant.compare(at, ctx.now) < 0 ? ctx.now : at;
  }
  if (!AHEAD.includes(kind)) return ctx.now;
  const morning = nextSendingTime(ctx.now, zone, ctx.bankHolidays);
  if (morning !== null) return morning;
  throw new Refusal('calendar-ends', 'The bank-holiday calendar does not reach the next days. Say when to send it.', {
    fields: { at: 'Say when, for example "now".' },
  });
}

export function forecastFor(ctx: CommandContext, dueAt: Temporal.Instant, mails: number): SendingForecast {
  const { outage, settings, zone } = migrationOf(ctx);
  const deadline = outage && leadDeadline(outage.from, settings.noticeLeadWorkingDays, zone, ctx.bankHolidays);
  return sendingForecast(dueAt, mails, rateOf(ctx), deadline);
}

/** A notice that would go out after its own outage began, or is announced for a time that has passed, is a mistake; so is "it has started" before. */
export function refuseTooLate(ctx: CommandContext, kind: NoticeKind, plan: Plan | null, dueAt: Temporal.Instant): void {
  const { outage, zone } = migrationOf(ctx);
  if (kind === 'started' && outage !== null && Temporal.Instant.compare(dueAt, outage.from) < 0) {
    throw new Refusal(
      'before-the-start',
      `The outage starts ${inWords(outage.from, zone)}, and nobody is told before that it has started.`,
      {
        remedy: [
          next('Send it then', 'send', { ...aboutOf(kind, plan), at: outage.from }),
          next('Change the outage', 'outage'),
        ],
      },
    );
  }
  if (!AHEAD.includes(kind) || outage === null || Temporal.Instant.compare(dueAt, outage.from) < 0) return;
  throw new Refusal(
    'after-the-start',
    `The outage starts ${inWords(outage.from, zone)}, before this notice would go out (${inWords(dueAt, zone)}). Send it sooner, or move the outage.`,
    {
      remedy: [next('Send it now', 'send', { ...aboutOf(kind, plan), at: 'now' }), next('Change the outage', 'outage')],
    },
  );
}

/** Old news after new news would mislead: an unfinished notice is stopped by a person before the next one goes. */
export async function refuseOverOld(ctx: CommandContext, draft: NoticeDraft): Promise<void> {
  const old = draft.composed.replaces;
  if (old === null || (old.status !== 'scheduled' && old.status !== 'sending')) return;
  const { all } = await ctx.store.deliveries.counts(old.id);
  const input = { notice: String(old.id) };
  throw new Refusal(
    'still-going',
    `Notice ${old.facts.reference} (${KIND_RULES[old.kind].words}) still has ${counted(all.queued + all.sending, 'mail')} to send. Stop it first, so that nobody reads old news after new news.`,
    { remedy: [next('Hold it', 'hold', { ...input, what: 'on' }), next('Show it', 'notices', input)] },
  );
}
