import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { ALL_SERVICES, ASI_DAYS, ASI_PRIORITIES, type AsiCount, type AsiDay, asiAlerts } from '../src/domain/asi.ts';
import { asiCountsIn } from '../src/domain/asi-file.ts';
import { goLiveDay } from '../src/domain/asi-shown.ts';
import { ALERT_OWNER, alertWords, calledFor } from '../src/domain/finding.ts';
import type { Plan } from '../src/domain/plan.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted, dayInWords } from '../src/kernel/time-words.ts';
import { giveFindings } from './verifying/owners.ts';
import { migrationOf, naming } from './verifying/plan-of.ts';

/** In the form any of these will do. */
const TOTALS = ['routine', 'urgent', 'twoWeekWait', 'file'] as const;

const MOST_BYTES = 1_000_000;

const total = (label: string, form: { form?: 'never' } = {}) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .max(9_999)
    .optional()
    .meta({ label, hint: 'The total, never patients', field: 'number', ...form });

const input = z
  .object({
    what: z
      .enum(['settle', 'take', 'give'])
      .optional()
      .meta({ label: 'What', word: 'settle|take|give', form: 'never' }),
    day: z
      .enum(ASI_DAYS)
      .optional()
      .meta({
        label: 'Which count',
        field: 'choice',
        word: 'baseline|\\+[137]',
        options: ASI_DAYS.map((value) => ({ value, label: value === 'baseline' ? 'Before go-live' : `Day ${value}` })),
      }),
    service: z.string().toLowerCase().optional().meta({
      label: 'Service',
      hint: 'Its id, or "all": all services of the plan together',
      field: 'text',
      form: 'ask',
      word: '\\d{5,11}|all',
    }),
    priority: z
      .enum(ASI_PRIORITIES)
      .optional()
      .meta({ label: 'Priority', form: 'never', word: ASI_PRIORITIES.join('|') }),
    count: total('How many', { form: 'never' }).meta({ label: 'How many', form: 'never', word: '\\d{1,4}' }),
    routine: total('Routine'),
    urgent: total('Urgent'),
    twoWeekWait: total('Urgent suspected cancer (two-week wait)'),
    file: z.string().optional().meta({
      label: 'File of totals',
      hint: 'CSV: SERVICE_ID, PRIORITY, COUNT',
      field: 'file',
      word: 'file-[a-p]{32}',
    }),
    note: z.string().min(3).max(300).optional().meta({ label: 'What was done about it', field: 'text', rest: true }),
    owner: z
      .string()
      .min(2)
      .max(200)
      .optional()
      .meta({ label: 'Who answers for it', hint: '“me”, a mention, or an e-mail address', field: 'text' }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  })
  .superRefine((given, check) => {
    const need = (path: keyof typeof given, message: string, oneOf = false) => {
      if (given[path] === undefined) check.addIssue({ code: 'custom', path: [path], message, params: { oneOf } });
    };
    if (given.what !== undefined || given.owner !== undefined) {
      need('service', 'Name the service, or "all".');
      if (given.what === 'settle') need('note', 'Say what was done about it.');
      if (given.what === 'give') need('owner', 'Name who answers for it.');
      return;
    }
    const totals = [given.count, given.routine, given.urgent, given.twoWeekWait];
    const begun =
      given.service !== undefined || given.priority !== undefined || totals.some((one) => one !== undefined);
    if (begun || given.file !== undefined) need('day', 'Say which count: baseline, +1, +3 or +7.');
    if (given.day === undefined || given.file !== undefined) return;
    if (given.count !== undefined) need('priority', 'Say of which priority.');
    else if (given.priority !== undefined) need('count', 'Say how many.');
    else if (totals.every((one) => one === undefined)) {
      for (const path of TOTALS) need(path, 'Give at least one total, or a file of them.', true);
    }
  });
type Input = z.infer<typeof input>;

export const command = defineCommand<typeof input, readonly AsiCount[] | null>({
  verb: 'asi',
  summary: 'Appointment slot issues against the baseline: before, and 1, 3 and 7 days after go-live',
  examples: [
    '/bsu asi',
    '/bsu asi baseline routine=12 urgent=3 two-week-wait=0',
    '/bsu asi +1 7012345 routine=4',
    '/bsu asi +1 7012345 2ww 0',
    '/bsu asi day=+3 file=FILE',
    '/bsu asi take 7012345',
    '/bsu asi owner=person@trust.example 7012345',
    '/bsu asi settle 7012345 note="the clinic opened more slots"',
  ],
  who: ['e-rs-lead', 'service-definer', 'tester', 'planner', 'clinical-safety-officer'],
  anyoneLooks: true,
  menu: 'none',
  needsMigration: true,
  input,
  prepare: async (ctx, { file, day }) =>
    file === undefined || day === undefined ? null : asiCountsIn((await ctx.intake.text(file, MOST_BYTES)).text, day),
  async run(ctx, given, read) {
    const plan = await ctx.store.plans.current(migrationOf(ctx).id, given.plan);
    if (given.what === 'settle') return settle(ctx, plan, given);
    if (given.what !== undefined || given.owner !== undefined) return give(ctx, plan, given);
    if (given.day === undefined) return shown(ctx, plan, null);
    await refuseTooEarly(ctx, plan, given.day);
    const counts = Array.isArray(read) ? (read as readonly AsiCount[]) : typed(given, given.day);
    await refuseStrange(ctx, plan, counts);
    await ctx.store.plans.lock(plan.id);
    await ctx.store.after.count(plan.id, counts, ctx.person.id, ctx.now.toString());
    ctx.record({ act: 'asi.counted', about: `plan:${plan.id}`, facts: { day: given.day, counts } });
    await callForAlerts(ctx, plan, counts);
    return shown(ctx, plan, `${counted(counts.length, 'count')} noted.`);
  },
});

function typed(given: Input, day: AsiDay): readonly AsiCount[] {
  const serviceId = given.service ?? ALL_SERVICES;
  const named = { routine: given.routine, urgent: given.urgent, '2ww': given.twoWeekWait };
  return ASI_PRIORITIES.flatMap((priority) => {
    const count = named[priority] ?? (given.priority === priority ? given.count : undefined);
    return count === undefined ? [] : [{ day, serviceId, priority, count }];
  });
}

/** A count of a day that has not come would be taken for that day's for ever. */
async function refuseTooEarly(ctx: CommandContext, plan: Plan, day: AsiDay): Promise<void> {
  if (day === 'baseline') return;
  const { zone } = migrationOf(ctx);
  const goLive = goLiveDay((await ctx.store.after.wentLive(plan.id))?.from ?? null, zone);
  const due = goLive?.add({ days: Number(day) });
  const today = ctx.now.toZonedDateTimeISO(zone).toPlainDate();
  if (due && Temporal.PlainDate.compare(due, today) <= 0) return;
  throw new Refusal(
    'count-ahead',
    due
      ? `Day ${day} is ${dayInWords(due)}: count it then. Nothing was counted.`
      : `Plan ${plan.number} has not run, so only the baseline can be counted yet. Nothing was counted.`,
    { remedy: [next('Show the counts', 'asi')] },
  );
}

async function refuseStrange(ctx: CommandContext, plan: Plan, counts: readonly AsiCount[]): Promise<void> {
  const known = new Set([ALL_SERVICES, ...(await ctx.store.plans.services(plan.id)).map(({ serviceId }) => serviceId)]);
  const strange = [...new Set(counts.map(({ serviceId }) => serviceId))].filter((id) => !known.has(id));
  if (strange.length === 0) return;
  throw new Refusal(
    'unknown-service',
    `Plan ${plan.number} does not hold ${strange.slice(0, 5).join(', ')}${strange.length > 5 ? ' and more' : ''}. Nothing was counted.`,
    { fields: { service: 'Name a service of the plan.' }, remedy: [next('Show the plan', 'show')] },
  );
}

/** What stands out is also one new message that names whom it needs (rule 19). */
async function callForAlerts(ctx: CommandContext, plan: Plan, counts: readonly AsiCount[]): Promise<void> {
  const fresh = new Set(counts.map((one) => `${one.day} ${one.serviceId} ${one.priority}`));
  const alerts = (await openAlerts(ctx, plan)).filter((one) =>
    counts[0]?.day === 'baseline'
      ? fresh.has(`baseline ${one.serviceId} ${one.priority}`)
      : fresh.has(`${one.day} ${one.serviceId} ${one.priority}`),
  );
  if (alerts.length === 0) return;
  const owners = await ctx.store.findings.owners(plan.id, 'alert');
  const holders = await ctx.store.people.holders(plan.migrationId);
  const roles = [ALERT_OWNER, 'clinical-safety-officer'] as const;
  const owned = alerts.map(({ serviceId }) => ({ serviceId, role: roles[0] }));
  const safety = calledFor([{ serviceId: '', role: roles[1] }], new Map(), holders);
  ctx.call(
    `plan:${plan.id}`,
    await naming(
      ctx,
      plan,
      `Appointment slot issues stand out: ${alerts.slice(0, 5).map(alertWords).join('; ')}. Those patients could not book: work the list, and look for slots at the service. Then \`/bsu asi settle ${alerts[0]?.serviceId} note="what was done"\`.`,
    ),
    [...new Map([...calledFor(owned, owners, holders), ...safety].map((person) => [person.id, person])).values()],
  );
}

/** The owner says what was done; what rises further stands out again. */
async function settle(ctx: CommandContext, plan: Plan, given: Input): Promise<Answer> {
  await ctx.store.plans.lock(plan.id);
  const open = await meant(ctx, plan, given.service);
  await refuseSettling(ctx, plan, open);
  const note = given.note ?? '';
  await ctx.store.after.settleAlerts(plan.id, open, note, ctx.person.id, ctx.now.toString());
  ctx.record({ act: 'asi.settled', about: `plan:${plan.id}`, facts: { alerts: open, note } });
  return shown(ctx, plan, `${counted(open.length, 'alert')} settled.`);
}

async function refuseSettling(ctx: CommandContext, plan: Plan, open: readonly AsiCount[]): Promise<void> {
  if (ctx.roles.some((role) => role === ALERT_OWNER || role === 'clinical-safety-officer')) return;
  const owners = await ctx.store.findings.owners(plan.id, 'alert');
  if (open.every(({ serviceId }) => owners.get(serviceId)?.id === ctx.person.id)) return;
  throw new Refusal(
    'role',
    'The e-RS lead owns these alerts, and settles them or has the clinical safety officer do it; so does whoever has taken them over.',
    { remedy: [next('I take it', 'asi', { what: 'take', service: serviceOf(open) }), next('Who is who', 'people')] },
  );
}

/** The one service of these, or "all". */
function serviceOf(open: readonly AsiCount[]): string {
  const services = new Set(open.map(({ serviceId }) => serviceId));
  return services.size === 1 ? [...services].join('') : ALL_SERVICES;
}

/** Taken by the asker where nobody is named. */
async function give(ctx: CommandContext, plan: Plan, input: Input): Promise<Answer> {
  await ctx.store.plans.lock(plan.id);
  const open = await meant(ctx, plan, input.service);
  const ids = [...new Set(open.map(({ serviceId }) => serviceId))];
  const notice = await giveFindings(ctx, plan, 'alert', ids, input.what === 'take' ? undefined : input.owner);
  ctx.touch(`verification:${plan.id}`);
  return shown(ctx, plan, notice);
}

/** The open alerts of the service that was named, or all. */
async function meant(ctx: CommandContext, plan: Plan, service: string | undefined) {
  const open = (await openAlerts(ctx, plan)).filter(
    ({ serviceId }) => service === ALL_SERVICES || serviceId === service,
  );
  if (open.length > 0) return open;
  throw new Refusal('nothing-open', 'No alert is open there.', { remedy: [next('Show the counts', 'asi')] });
}

async function openAlerts(ctx: CommandContext, plan: Plan) {
  const { asi, settledAlerts } = ctx.store.after;
  return asiAlerts(await asi(plan.id), migrationOf(ctx).settings, await settledAlerts(plan.id));
}

async function shown(ctx: CommandContext, plan: Plan, notice: string | null): Promise<Answer> {
  return answer('asi.shown', await ctx.store.afterFacts.asi(migrationOf(ctx), plan, ctx.now, notice));
}
