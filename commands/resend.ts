import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { RESENDABLE } from '../src/domain/delivery.ts';
import type { Notice } from '../src/domain/notice.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { noticeField } from './notices/inputs.ts';
import { migrationOf, noticeOf, refuseOvertaken } from './notices/of-migration.ts';

export const command = defineCommand({
  verb: 'resend',
  summary: 'Send again to those that failed, at their address of today; decide about the unknown',
  examples: [
    '/bsu resend failed',
    '/bsu resend unknown code=A81001 as=arrived',
    '/bsu resend unknown code=A81001 as=again',
  ],
  who: ['communications-lead', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z
    .object({
      what: z.enum(['failed', 'unknown']).default('failed').meta({ label: 'Which', word: 'failed|unknown' }),
      notice: noticeField,
      code: z.string().optional().meta({ label: 'ODS codes', hint: 'Several: commas between them', field: 'text' }),
      as: z
        .enum(['arrived', 'again'])
        .optional()
        .meta({
          label: 'What you found out',
          field: 'choice',
          options: [
            { value: 'arrived', label: 'It arrived' },
            { value: 'again', label: 'It did not arrive: send it again' },
          ],
        }),
    })
    .superRefine((given, check) => {
      if (given.what !== 'unknown') return;
      for (const name of ['code', 'as'] as const) {
        if (given[name] === undefined) check.addIssue({ code: 'custom', path: [name], message: 'This is needed.' });
      }
    }),
  async run(ctx, { what, notice: id, code, as }) {
    const notice = await noticeOf(ctx, id, (one) => one.status === 'sending' || one.status === 'finished');
    if (as !== 'arrived') await refuseOvertaken(ctx, notice);
    const codes = code
      ?.toUpperCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    const done = what === 'failed' ? await again(ctx, notice, codes) : await decide(ctx, notice, codes ?? [], as);
    ctx.record({
      act: what === 'failed' ? 'notice.resent' : `notice.unknown-${as}`,
      about: `notice:${notice.id}`,
      facts: { count: done, codes: codes ?? 'all' },
      hash: notice.contentHash,
    });
    ctx.touch(`notice:${notice.id}`);
    const now = await noticeOf(ctx, notice.id);
    const did =
      as === 'arrived' ? `${counted(done, 'mail')} noted as arrived.` : `${counted(done, 'mail')} queued again.`;
    return answer('notice.shown', await ctx.store.noticesShown.shown(now, ctx.publicUrl, did));
  },
});

async function again(ctx: CommandContext, notice: Notice, codes: readonly string[] | undefined): Promise<number> {
  // A list that was corrected since counts: what failed for its address goes to the new one.
  const today = await ctx.store.noticeDrafts.audience(migrationOf(ctx), ctx.now);
  await ctx.store.deliveries.readdress(notice.id, today.members);
  let count = 0;
  if (codes === undefined) count = await ctx.store.deliveries.requeue(notice.id, RESENDABLE);
  else for (const code of codes) count += await ctx.store.deliveries.requeue(notice.id, RESENDABLE, code);
  if (count > 0) return count;
  throw new Refusal('nothing-failed', `No mail of notice ${notice.facts.reference} failed that could be sent again.`, {
    remedy: [next('Show it', 'notices', { notice: String(notice.id) }), next('Telephone tasks', 'calls')],
  });
}

/** An unknown mail may have arrived: only a person who found out decides, one organisation at a time (rule 23). */
async function decide(
  ctx: CommandContext,
  notice: Notice,
  codes: readonly string[],
  as: 'arrived' | 'again' | undefined,
): Promise<number> {
  let count = 0;
  for (const code of codes) {
    if (as === 'again') count += await ctx.store.deliveries.requeue(notice.id, ['unknown'], code);
    else if (await ctx.store.deliveries.confirmSent(notice.id, code, ctx.now.toString())) count++;
  }
  if (count > 0) return count;
  throw new Refusal('not-unknown', `No mail to ${codes.join(', ')} is unknown in notice ${notice.facts.reference}.`, {
    remedy: [next('Show it', 'notices', { notice: String(notice.id) })],
  });
}
