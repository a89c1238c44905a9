import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import {
  ASI_DAYS,
  ASI_PRIORITIES,
  type AsiCount,
  type AsiDay,
  asiAlerts,
  asiDue,
  asiTotals,
  PRIORITY_WORDS,
  unjudged,
} from '../src/domain/asi.ts';
import { asiCountsIn } from '../src/domain/asi-file.ts';
import type { Plan } from '../src/domain/plan.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { migrationOf } from './verifying/plan-of.ts';

const MOST_BYTES = 1_000_000;

const input = z
  .object({
    day: z
      .enum(ASI_DAYS)
      .optional()
      .meta({
        label: 'Which count',
        field: 'choice',
        word: 'baseline|\\+[137]',
        options: ASI_DAYS.map((value) => ({ value, label: value === 'baseline' ? 'Before go-live' : `Day ${value}` })),
      }),
    priority: z
      .enum(ASI_PRIORITIES)
      .optional()
      .meta({
        label: 'Priority',
        field: 'choice',
        word: ASI_PRIORITIES.join('|'),
        options: ASI_PRIORITIES.map((value) => ({ value, label: PRIORITY_WORDS[value] })),
      }),
    service: z.string().optional().meta({ label: 'Service', hint: 'Its id', field: 'text', word: '\\d{5,11}' }),
    count: z.coerce
      .number()
      .int()
      .min(0)
      .max(9_999)
      .optional()
      .meta({ label: 'How many', hint: 'The total, never patients', field: 'number', word: '\\d{1,4}' }),
    file: z.string().optional().meta({
      label: 'File of totals',
      hint: 'CSV: SERVICE_ID, PRIORITY, COUNT',
      field: 'file',
    }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  })
  .superRefine((given, check) => {
    const begun = given.service !== undefined || given.count !== undefined || given.priority !== undefined;
    if (given.day === undefined && (begun || given.file !== undefined))
      check.addIssue({ code: 'custom', path: ['day'], message: 'Say which count: baseline, +1, +3 or +7.' });
    if (given.day === undefined || given.file !== undefined) return;
    for (const path of ['service', 'priority', 'count'] as const) {
      if (given[path] === undefined) check.addIssue({ code: 'custom', path: [path], message: 'This is needed.' });
    }
  });
type Input = z.infer<typeof input>;

export const command = defineCommand<typeof input, string | null>({
  verb: 'asi',
  summary: 'Appointment slot issues against the baseline: before, and 1, 3 and 7 days after go-live',
  examples: [
    '/bsu asi',
    '/bsu asi baseline 7012345 routine 4',
    '/bsu asi +1 7012345 2ww 0',
    '/bsu asi day=+3 file=FILE',
  ],
  who: ['e-rs-lead', 'service-definer', 'tester', 'planner', 'clinical-safety-officer'],
  menu: 'none',
  needsMigration: true,
  input,
  prepare: async (ctx, given) =>
    given.file === undefined ? null : (await ctx.intake.text(given.file, MOST_BYTES)).text,
  async run(ctx, given, text) {
    const plan = await ctx.store.plans.current(migrationOf(ctx).id, given.plan);
    if (given.day === undefined) return shown(ctx, plan, null);
    const services = await ctx.store.plans.services(plan.id);
    const counts = typeof text === 'string' ? asiCountsIn(text, given.day) : [typed(given, given.day)];
    const known = new Set(services.map(({ serviceId }) => serviceId));
    const strange = [...new Set(counts.map(({ serviceId }) => serviceId))].filter((id) => !known.has(id));
    if (strange.length > 0) {
      throw new Refusal(
        'unknown-service',
        `Plan ${plan.number} does not hold ${strange.slice(0, 5).join(', ')}${strange.length > 5 ? ' and more' : ''}. Nothing was counted.`,
        { fields: { service: 'Name a service of the plan.' }, remedy: [next('Show the plan', 'show')] },
      );
    }
    await ctx.store.plans.lock(plan.id);
    await ctx.store.after.count(plan.id, counts, ctx.person.id, ctx.now.toString());
    ctx.record({ act: 'asi.counted', about: `plan:${plan.id}`, facts: { day: given.day, counts } });
    await callForAlerts(ctx, plan, counts);
    return shown(ctx, plan, `${counted(counts.length, 'count')} noted.`);
  },
});

function typed(given: Input, day: AsiDay): AsiCount {
  return { day, serviceId: given.service ?? '', priority: given.priority ?? 'routine', count: given.count ?? 0 };
}

/** What stands out is also one new message that names whom it needs (rule 19). */
async function callForAlerts(ctx: CommandContext, plan: Plan, counts: readonly AsiCount[]): Promise<void> {
  const fresh = new Set(counts.map((one) => `${one.day} ${one.serviceId} ${one.priority}`));
  const alerts = asiAlerts(await ctx.store.after.asi(plan.id)).filter((one) =>
    fresh.has(`${one.day} ${one.serviceId} ${one.priority}`),
  );
  if (alerts.length === 0) return;
  const holders = await ctx.store.people.holders(plan.migrationId);
  const needed = holders.filter(({ role }) => role === 'e-rs-lead' || role === 'clinical-safety-officer');
  const some = alerts
    .slice(0, 5)
    .map((one) => `${one.serviceId} ${PRIORITY_WORDS[one.priority]} ${one.count} against ${one.baseline}`);
  ctx.call(
    `plan:${plan.id}`,
    `Appointment slot issues stand out: ${some.join('; ')}. Those patients could not book: work the list, and look for slots at the service.`,
    [...new Map(needed.map(({ person }) => [person.id, person])).values()],
  );
}

async function shown(ctx: CommandContext, plan: Plan, notice: string | null): Promise<Answer> {
  const { zone } = migrationOf(ctx);
  const counts = await ctx.store.after.asi(plan.id);
  const run = (await ctx.store.runs.ofPlan(plan.id))[0];
  const today = ctx.now.toZonedDateTimeISO(zone).toPlainDate();
  const goLive = run ? Temporal.Instant.from(run.startedAt).toZonedDateTimeISO(zone).toPlainDate() : today;
  const services = new Map((await ctx.store.plans.services(plan.id)).map((one) => [one.serviceId, one.name]));
  return answer('asi.shown', {
    plan: plan.number,
    zone,
    notice,
    totals: asiTotals(counts),
    alerts: asiAlerts(counts)
      .slice(0, 15)
      .map((one) => ({ ...one, name: services.get(one.serviceId) ?? '', words: PRIORITY_WORDS[one.priority] })),
    unjudged: unjudged(counts),
    due: asiDue(goLive, today, counts),
  });
}
