import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { KIND_RULES, type NoticeKind } from '../src/domain/notice.ts';
import type { NoticeDraft } from '../src/domain/notice-facts.ts';
import { noticePageUrl } from '../src/domain/notice-links.ts';
import { shortCode } from '../src/kernel/canonical.ts';
import { next } from '../src/kernel/errors.ts';
import { kindField, noticePreviewPage, planField } from './notices/inputs.ts';
import { migrationOf } from './notices/of-migration.ts';
import { whyLocked } from './notices/send-rules.ts';

export const command = defineCommand({
  verb: 'preview',
  summary: 'Read a notice as its readers will, before anybody gets it',
  examples: ['/bsu preview planned', '/bsu preview completed'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({ kind: kindField, plan: planField }),
  async run(ctx, { kind, plan }) {
    const migration = migrationOf(ctx);
    const draft = await ctx.store.noticeDrafts.draft(migration, kind, plan, ctx.now);
    const faults = draft.composed.faults.map((fault) => fault.problem);
    return answer(
      'notice.previewed',
      {
        what: KIND_RULES[kind].words,
        notice: draft.composed.facts,
        faults,
        mails: draft.counts.commissioners + draft.counts.referrers,
        code: shortCode(draft.hash),
        pageUrl: ctx.publicUrl === '' ? null : noticePageUrl(ctx.publicUrl, await previewPage(ctx, kind, draft)),
        locked: whyLocked(kind, draft.plan, draft.composed.replaces !== null),
      },
      {
        next: faults.length > 0 ? [next('Write what is missing', 'wording')] : [next('Send…', 'send', { kind })],
        pages: [noticePreviewPage(migration.id, kind)],
      },
    );
  },
});

/** The page as readers would see it, under an address that nobody was sent; the same content keeps its address. */
async function previewPage(ctx: CommandContext, kind: NoticeKind, draft: NoticeDraft): Promise<string> {
  const migration = migrationOf(ctx);
  const known = await ctx.store.notices.previewToken(migration.id, kind, draft.hash);
  if (known !== null) return known;
  const token = randomBytes(24).toString('base64url');
  const now = ctx.now.toString();
  const page = await ctx.store.notices.create(
    {
      migrationId: migration.id,
      planId: draft.plan?.id ?? null,
      kind,
      test: true,
      token,
      contentHash: draft.hash,
      facts: draft.composed.facts,
      serviceList: draft.composed.serviceList,
      dueAt: now,
      mailsPerMinute: null,
      createdBy: ctx.person.id,
      createdAt: now,
      replaces: null,
    },
    [],
  );
  await ctx.store.notices.withdraw(page.id, now);
  return token;
}
