import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { type AppliedReport, BIGGEST_REPORT_FILE, type ReadReports } from '../src/domain/delivery-report.ts';
import { bounceCall } from '../src/domain/delivery-report-call.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './notices/of-migration.ts';

const input = z.object({
  file: z.string().meta({
    label: 'The mail that came back',
    hint: 'Saved whole, as .eml; or a whole mailbox of them, as mbox',
    field: 'file',
    word: 'file-[a-p]{32}',
  }),
});

export const command = defineCommand<typeof input, ReadReports>({
  verb: 'bounce',
  summary: 'Read mails that came back, and mark whom they did not reach',
  examples: ['/bsu bounce', 'bsu bounce returned.eml'],
  who: ['communications-lead', 'e-rs-lead', 'administrator'],
  menu: 'none',
  needsMigration: true,
  input,
  prepare: (ctx, { file }) => ctx.intake.deliveryReports(file, BIGGEST_REPORT_FILE),
  async run(ctx, _input, read) {
    if (read === undefined || read.mails === 0) {
      throw new Refusal('empty-file', 'There is no mail in this file. Save the mail that came back as a file, whole.', {
        remedy: [next('The notices', 'notices')],
      });
    }
    const { id } = migrationOf(ctx);
    const applied = await ctx.store.deliveryReports.apply(read.reports, id, ctx.now.toString());
    const told = applied.changed.filter((one) => !one.test);
    await follow(ctx, told);
    const bounced = applied.changed.filter((one) => one.status === 'bounced');
    return answer(
      'bounces.read',
      {
        mails: read.mails,
        noReport: read.mails - read.reports.length,
        strange: applied.strange,
        delayed: applied.delayed,
        unchanged: applied.unchanged,
        delivered: applied.changed.length - bounced.length,
        bounced: bounced.map(({ code, name, kind, reference, reply }) => ({ code, name, kind, reference, reply })),
      },
      { next: nextOf(bounced) },
    );
  },
});

async function follow(ctx: CommandContext, told: readonly AppliedReport[]): Promise<void> {
  for (const one of told) {
    ctx.touch(`notice:${one.noticeId}`);
    if (one.planId !== null) ctx.touch(`plan:${one.planId}`);
    ctx.record({ act: `notice.${one.status}`, about: `notice:${one.noticeId}`, facts: { code: one.code } });
  }
  const calls = told.flatMap((one) => {
    const words = bounceCall(one);
    return words === null ? [] : [{ noticeId: one.noticeId, words }];
  });
  if (calls.length === 0) return;
  const holders = await ctx.store.people.holders(migrationOf(ctx).id);
  const leads = holders.filter(({ role }) => role === 'communications-lead').map(({ person }) => person);
  for (const { noticeId, words } of calls) ctx.call(`notice:${noticeId}`, words, leads);
}

function nextOf(bounced: readonly AppliedReport[]) {
  if (bounced.length === 0) return [next('The notices', 'notices')];
  const newest = String(Math.max(...bounced.map((one) => one.noticeId)));
  return [
    next('See all that failed', 'notices', { notice: newest }),
    ...(bounced.some((one) => one.kind === 'commissioner') ? [next('Telephone tasks', 'calls')] : []),
  ];
}
