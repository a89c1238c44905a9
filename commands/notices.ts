import { z } from 'zod';
import { type Answer, type AnswerFile, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { KIND_RULES, type Notice } from '../src/domain/notice.ts';
import { informedVerdict } from '../src/domain/notice-informed.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { noticeField } from './notices/inputs.ts';
import { migrationOf, noticeOf } from './notices/of-migration.ts';

export const command = defineCommand({
  verb: 'notices',
  summary: 'The notices, who has been told, and what failed',
  examples: ['/bsu notices', '/bsu notices 4', '/bsu notices lead="The supplier moved the date"'],
  who: 'member',
  menu: 'team',
  needsMigration: true,
  input: z.object({
    notice: noticeField,
    lead: z.string().min(5).max(500).optional().meta({ label: 'Reason for a shorter lead', field: 'long-text' }),
  }),
  async run(ctx, input) {
    if (input.lead !== undefined) await acceptShortLead(ctx, input.lead);
    if (input.notice === undefined) return listed(ctx);
    return shown(ctx, await noticeOf(ctx, input.notice));
  },
});

async function listed(ctx: CommandContext): Promise<Answer> {
  const { id, outage, settings, zone } = migrationOf(ctx);
  const state = await ctx.store.informed.state(id, outage?.from ?? NEVER, settings.referrersSentPercent);
  const due = await ctx.store.noticesDue.look(migrationOf(ctx), ctx.now);
  const informed = informedVerdict(state, outage?.from ?? null, settings, zone, ctx.bankHolidays);
  return answer(
    'notices.listed',
    {
      zone,
      outage,
      informed,
      due: due && { kind: due.kind, why: due.why, what: KIND_RULES[due.kind].words, plan: due.plan },
      notices: await ctx.store.noticesShown.lines(id),
      addressReports: (await ctx.store.addressReports.open(id)).length,
      returnsProblem: (await ctx.store.mailboxes.troubles())[0]?.problem ?? null,
    },
    {
      next: due
        ? [
            next(`Tell people: ${KIND_RULES[due.kind].words}…`, 'send', {
              kind: due.kind,
              ...(due.plan === null ? {} : { plan: String(due.plan) }),
            }),
            next('Telephone tasks', 'calls'),
          ]
        : state.announced
          ? [next('Telephone tasks', 'calls')]
          : [next('Preview the planned notice', 'preview', { kind: 'planned' }), next('Recipients', 'recipients')],
    },
  );
}

const NEVER = '1970-01-01T00:00:00Z';

async function shown(ctx: CommandContext, notice: Notice): Promise<Answer> {
  const facts = await ctx.store.noticesShown.shown(notice, ctx.publicUrl);
  const failed = await ctx.store.deliveries.inStates(notice.id, ['failed', 'bounced', 'unknown']);
  const file: AnswerFile = {
    name: `not-told-${notice.facts.reference}.csv`,
    mediaType: 'text/csv',
    text: csvText(
      ['kind', 'code', 'name', 'email', 'telephone', 'what happened', 'reply', 'tries'],
      failed.map((one) => [
        one.kind,
        one.code,
        one.name,
        one.email ?? '',
        one.telephone ?? '',
        one.status,
        one.reply ?? '',
        one.attempts,
      ]),
    ),
  };
  return answer('notice.shown', facts, failed.length > 0 ? { files: [file] } : {});
}

/** Rule 24: a shorter lead needs the e-RS lead's reason, and the approval card shows it. */
async function acceptShortLead(ctx: CommandContext, reason: string): Promise<void> {
  const { id, outage } = migrationOf(ctx);
  if (!ctx.roles.includes('e-rs-lead')) {
    throw new Refusal('role', 'Only the e-RS lead can accept a shorter notice lead, with a reason. Ask them.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  if (outage === null) {
    throw new Refusal('no-outage', 'No outage is set yet, so there is no lead to shorten.', {
      remedy: [next('Set the outage', 'outage', { what: 'set' })],
    });
  }
  const decision = { what: 'lead', reason, by: ctx.person.id, at: ctx.now.toString() } as const;
  await ctx.store.informed.decide(id, outage.from, decision);
  ctx.record({ act: 'notice.short-lead', about: `migration:${id}`, facts: { outage: outage.from, reason } });
  for (const plan of await ctx.store.plans.list(id)) ctx.touch(`plan:${plan.id}`);
}
