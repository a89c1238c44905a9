import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { AudienceMember } from '../src/domain/audience.ts';
import { KIND_RULES, type NoticeKind } from '../src/domain/notice.ts';
import type { NoticeDraft } from '../src/domain/notice-facts.ts';
import { addressDoubt, addressFault } from '../src/domain/recipient.ts';
import { shortCode } from '../src/kernel/canonical.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { inWords } from '../src/kernel/time-words.ts';
import { aboutOf, kindField, planField } from './notices/inputs.ts';
import { migrationOf } from './notices/of-migration.ts';
import {
  dueTime,
  forecastFor,
  rateOf,
  refuseOverOld,
  refuseTooLate,
  refuseUnlessReady,
  refuseUnlessSender,
} from './notices/send-rules.ts';

export const command = defineCommand({
  verb: 'send',
  summary: 'Send a notice: a test to yourself first, then to everybody',
  examples: ['/bsu send planned test', '/bsu send planned', '/bsu send planned now', '/bsu send completed'],
  who: ['communications-lead', 'e-rs-lead', 'service-definer'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    kind: kindField,
    test: z.string().optional().meta({ label: 'Test send to yourself', word: 'test', flag: true }),
    code: z.string().optional().meta({ label: 'Code on the card', word: '[2-9A-Za-z]{3}-[2-9A-Za-z]{3}' }),
    plan: planField,
    at: z.string().optional().meta({ label: 'When', hint: 'Like now, tomorrow 9am or 2026-12-01 09:00', rest: true }),
  }),
  async run(ctx, { kind, test, code, plan, at }) {
    const draft = await ctx.store.noticeDrafts.draft(migrationOf(ctx), kind, plan, ctx.now);
    await refuseUnlessSender(ctx, kind, draft.plan);
    if (test !== undefined) return sendTest(ctx, kind, draft);
    refuseUnlessReady(kind, draft);
    const dueAt = dueTime(ctx, kind, at);
    refuseTooLate(ctx, kind, draft.plan, dueAt);
    if (code === undefined) return ask(ctx, kind, draft, dueAt);
    // Two clicks at one moment come one after the other: the second sees what the first one sent.
    if (draft.plan) await ctx.store.plans.lock(draft.plan.id);
    await refuseTwice(ctx, kind, code.toUpperCase());
    const newest = await ctx.store.noticeDrafts.draft(migrationOf(ctx), kind, plan, ctx.now);
    await refuseOverOld(ctx, newest);
    return sendToAll(ctx, kind, newest, dueAt, code.toUpperCase());
  },
});

async function ask(
  ctx: CommandContext,
  kind: NoticeKind,
  draft: NoticeDraft,
  dueAt: Temporal.Instant,
): Promise<Answer> {
  const { settings } = migrationOf(ctx);
  const mails = mailsOf(draft);
  const tested = await wasTested(ctx, kind, draft);
  return answer('notice.asked', {
    what: KIND_RULES[kind].words,
    plan: draft.plan?.number ?? null,
    notice: draft.composed.facts,
    code: shortCode(draft.hash),
    mails,
    ...draft.counts,
    merged: draft.audience.merged,
    englishOnly: draft.audience.markedWelsh > 0 ? draft.audience.englishOnly : null,
    doubted: draft.audience.members.filter((one) => one.fault === null && addressDoubt(one.email ?? '', ctx.rehearsal))
      .length,
    leftOut: draft.audience.leftOut.length,
    unmapped: draft.audience.unmapped,
    mailsPerMinute: rateOf(ctx),
    forecast: forecastFor(ctx, dueAt, mails),
    later: Temporal.Instant.compare(dueAt, ctx.now) > 0,
    leadWorkingDays: settings.noticeLeadWorkingDays,
    leadCounts: kind === 'planned' || kind === 'moved',
    fixedTimes: draft.composed.fixedTimes,
    needsTest: !KIND_RULES[kind].atNight,
    tested,
  });
}

async function sendToAll(
  ctx: CommandContext,
  kind: NoticeKind,
  draft: NoticeDraft,
  dueAt: Temporal.Instant,
  code: string,
): Promise<Answer> {
  const now = shortCode(draft.hash);
  if (code !== now) {
    throw new Refusal(
      'stale-card',
      `That card showed ${code}. The notice or its recipients have changed since, so nothing was sent. Look at it again.`,
      { remedy: [next('Show it as it is now', 'send', aboutOf(kind, draft.plan))], facts: { code: now } },
    );
  }
  if (!KIND_RULES[kind].atNight && !(await wasTested(ctx, kind, draft))) {
    throw new Refusal('test-first', 'Send a test to yourself first, and read it. Then send it to everybody.', {
      remedy: [next('Send me a test', 'send', { ...aboutOf(kind, draft.plan), test: 'yes' })],
    });
  }
  const notice = await create(ctx, kind, draft, { members: draft.audience.members, dueAt, test: false });
  ctx.record({
    act: 'notice.scheduled',
    about: `notice:${notice.id}`,
    facts: { kind, reference: notice.facts.reference, dueAt: notice.dueAt, ...draft.counts },
    hash: draft.hash,
  });
  ctx.touch(`notice:${notice.id}`);
  if (draft.plan) ctx.touch(`plan:${draft.plan.id}`);
  const { zone } = migrationOf(ctx);
  const later = Temporal.Instant.compare(dueAt, ctx.now) > 0;
  const did = later ? `It goes out ${inWords(dueAt, zone)}.` : 'It goes out now.';
  return answer('notice.shown', await ctx.store.noticesShown.shown(notice, ctx.publicUrl, did));
}

async function sendTest(ctx: CommandContext, kind: NoticeKind, draft: NoticeDraft): Promise<Answer> {
  const { person } = ctx;
  if (draft.composed.faults.length > 0) refuseUnlessReady(kind, draft);
  if (addressFault(person.email) !== null) {
    throw new Refusal('no-address', 'Your own email address cannot take mail. An administrator can correct it.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  const me: AudienceMember = {
    key: person.email.toLowerCase(),
    code: 'TEST',
    name: person.name,
    kind: 'referrer',
    email: person.email,
    telephone: null,
    why: 'a test that you asked for',
    // In both languages where anybody gets it so: the English is whole in it.
    language: draft.audience.members.some((one) => one.language === 'cy') ? 'cy' : 'en',
    fault: null,
    also: [],
  };
  const notice = await create(ctx, kind, draft, { members: [me], dueAt: ctx.now, test: true });
  ctx.record({ act: 'notice.tested', about: `notice:${notice.id}`, facts: { kind }, hash: draft.hash });
  const did = `A test is on its way to ${person.email}. Read it, then send it to everybody.`;
  return answer('notice.shown', await ctx.store.noticesShown.shown(notice, ctx.publicUrl, did), {
    next: [next(`Send to ${mailsOf(draft).toLocaleString('en-GB')}…`, 'send', aboutOf(kind, draft.plan))],
  });
}

function create(
  ctx: CommandContext,
  kind: NoticeKind,
  draft: NoticeDraft,
  to: { members: readonly AudienceMember[]; dueAt: Temporal.Instant; test: boolean },
) {
  const { composed, plan, hash } = draft;
  return ctx.store.notices.create(
    {
      migrationId: migrationOf(ctx).id,
      planId: plan?.id ?? null,
      kind,
      test: to.test,
      token: randomBytes(24).toString('base64url'),
      contentHash: hash,
      facts: composed.facts,
      serviceList: composed.serviceList,
      dueAt: to.dueAt.toString(),
      mailsPerMinute: rateOf(ctx),
      createdBy: ctx.person.id,
      createdAt: ctx.now.toString(),
      replaces: composed.replaces?.id ?? null,
    },
    to.members,
  );
}

/** Two clicks on one button, or two people with the same card: the second gets the first one's notice (rule 21). */
async function refuseTwice(ctx: CommandContext, kind: NoticeKind, code: string): Promise<void> {
  const sent = (await ctx.store.notices.list(migrationOf(ctx).id)).filter((notice) => notice.status !== 'withdrawn');
  const same = sent.find((notice) => notice.kind === kind && shortCode(notice.contentHash) === code);
  if (!same) return;
  throw new Refusal(
    'already-sent',
    `This very notice was sent already: ${same.facts.reference}. Nobody is mailed twice.`,
    { remedy: [next('Show it', 'notices', { notice: String(same.id) })] },
  );
}

function wasTested(ctx: CommandContext, kind: NoticeKind, draft: NoticeDraft): Promise<boolean> {
  return ctx.store.notices.wasTested(migrationOf(ctx).id, kind, draft.hash);
}

function mailsOf(draft: NoticeDraft): number {
  return draft.counts.commissioners + draft.counts.referrers;
}
