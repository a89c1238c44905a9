import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { KIND_RULES } from '../src/domain/notice.ts';
import { shortCode } from '../src/kernel/canonical.ts';
import { next } from '../src/kernel/errors.ts';
import { aboutOf, kindField, noticePreviewPage, planField } from './notices/inputs.ts';
import { migrationOf } from './notices/of-migration.ts';
import { mendingOf, whyLocked } from './notices/send-rules.ts';

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
        plan: draft.plan?.number ?? null,
        notice: draft.composed.facts,
        faults,
        fixedTimes: draft.composed.fixedTimes,
        inWelsh: draft.counts.inWelsh,
        mails: draft.counts.commissioners + draft.counts.referrers,
        code: shortCode(draft.hash),
        locked: whyLocked(kind, draft.plan, draft.composed.replaces !== null),
      },
      {
        next: faults.length > 0 ? mendingOf(draft.composed.faults) : [next('Send…', 'send', aboutOf(kind, draft.plan))],
        pages: [noticePreviewPage(migration.id, kind, draft.plan)],
      },
    );
  },
});
