import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Migration } from '../src/domain/migration.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './notices/of-migration.ts';

export const command = defineCommand({
  verb: 'calls',
  summary: 'Whom to telephone, because no mail reached them',
  examples: [
    '/bsu calls',
    '/bsu calls done=QMF note="spoke to the duty desk at 10am"',
    '/bsu calls rest="three closed practices"',
    '/bsu calls report=3',
  ],
  who: ['communications-lead', 'e-rs-lead', 'planner', 'service-definer'],
  menu: 'none',
  needsMigration: true,
  input: z
    .object({
      done: z.string().optional().meta({ label: 'ODS code of the commissioner who was told', field: 'text' }),
      note: z
        .string()
        .trim()
        .min(3)
        .max(500)
        .optional()
        .meta({ label: 'Who was told what, and when', field: 'long-text' }),
      rest: z.string().trim().min(5).max(500).optional().meta({ label: 'Why the rest of the referrers is acceptable' }),
      report: z.coerce
        .number()
        .int()
        .min(1)
        .optional()
        .meta({ label: 'Number of the address report that is dealt with' }),
    })
    .superRefine((given, check) => {
      if (given.done !== undefined && given.note === undefined) {
        check.addIssue({ code: 'custom', path: ['note'], message: 'Write who was told, and when.' });
      }
    }),
  async run(ctx, { done, note, rest, report }) {
    const migration = migrationOf(ctx);
    if (done !== undefined) await phoned(ctx, migration, done.toUpperCase(), note ?? '');
    if (rest !== undefined) await acceptRest(ctx, migration, rest);
    if (report !== undefined) await dealtWith(ctx, migration, report);
    return shown(ctx, migration);
  },
});

async function shown(ctx: CommandContext, { id, outage, settings, zone }: Migration): Promise<Answer> {
  if (outage === null) {
    throw new Refusal('no-outage', 'No outage is set yet, so there is nobody to telephone.', {
      remedy: [next('Set the outage', 'outage', { what: 'set' })],
    });
  }
  const state = await ctx.store.informed.state(id, outage.from, settings.referrersSentPercent);
  const tasks = await ctx.store.informed.calls(id, outage.from);
  const calls = await Promise.all(
    tasks.map(async (task) => ({
      code: task.code,
      name: task.name,
      telephone: task.telephone,
      reason: task.reply ?? task.status,
      doneBy: task.phonedBy === null ? null : ((await ctx.store.people.byId(task.phonedBy))?.name ?? null),
      doneAt: task.phonedAt,
    })),
  );
  const open = calls.find((call) => call.doneAt === null);
  return answer(
    'calls.shown',
    {
      zone,
      calls,
      referrers: { ...state.referrers, accepted: state.restAccepted?.reason ?? null },
      addressReports: await ctx.store.addressReports.open(id),
    },
    {
      next: [
        ...(open ? [next(`${open.code} was told…`, 'calls', { done: open.code })] : []),
        next('The notices', 'notices'),
      ],
    },
  );
}

async function phoned(ctx: CommandContext, migration: Migration, code: string, note: string): Promise<void> {
  const tasks = migration.outage ? await ctx.store.informed.calls(migration.id, migration.outage.from) : [];
  const task = tasks.find((one) => one.code === code);
  if (!task) {
    throw new Refusal('no-call', `${code} is not among those to telephone.`, {
      remedy: [next('Show the calls', 'calls')],
      fields: { done: 'Use a code of the list.' },
    });
  }
  const call = { migrationId: migration.id, noticeId: task.noticeId, code, note };
  if (!(await ctx.store.informed.phoned(call, ctx.person.id, ctx.now.toString()))) return;
  ctx.record({ act: 'notice.phoned', about: `notice:${task.noticeId}`, facts: { code } });
  await touchPlans(ctx, migration);
}

/** Rule 24: the few referrers that no mail reached are listed, and accepted by a named person with a reason. */
async function acceptRest(ctx: CommandContext, { id, outage }: Migration, reason: string): Promise<void> {
  if (!ctx.roles.some((role) => role === 'communications-lead' || role === 'e-rs-lead')) {
    throw new Refusal('role', 'The communications lead or the e-RS lead accepts the rest. Ask one of them.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  if (outage === null) throw new Refusal('no-outage', 'No outage is set yet.', { remedy: [next('Set it', 'outage')] });
  const decision = { what: 'rest', reason, by: ctx.person.id, at: ctx.now.toString() } as const;
  await ctx.store.informed.decide(id, outage.from, decision);
  ctx.record({ act: 'notice.rest-accepted', about: `migration:${id}`, facts: { outage: outage.from, reason } });
  await touchPlans(ctx, migrationOf(ctx));
}

async function dealtWith(ctx: CommandContext, { id }: Migration, report: number): Promise<void> {
  if (await ctx.store.addressReports.done(id, report, ctx.person.id, ctx.now.toString())) {
    ctx.record({ act: 'notice.address-report-done', about: `address-report:${report}`, facts: {} });
    return;
  }
  throw new Refusal('no-report', `There is no open address report ${report}.`, {
    remedy: [next('Show them', 'calls')],
  });
}

async function touchPlans(ctx: CommandContext, { id }: Migration): Promise<void> {
  for (const plan of await ctx.store.plans.list(id)) ctx.touch(`plan:${plan.id}`);
}
