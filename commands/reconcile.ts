import { z } from 'zod';
import { type Answer, type AnswerFile, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { goLiveDay } from '../src/domain/asi-shown.ts';
import type { Snapshot } from '../src/domain/extract.ts';
import type { Plan, PlannedService } from '../src/domain/plan.ts';
import {
  DIFFERENCE_OWNERS,
  DIFFERENCE_WORDS,
  type Difference,
  expected,
  readOnScreen,
  reconcileExtract,
  toRead,
} from '../src/domain/reconcile.ts';
import { asPlannedRows, ownerOf } from '../src/domain/reconcile-shown.ts';
import { servicesMeant } from '../src/domain/verification-record.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { migrationOf } from './verifying/plan-of.ts';

const input = z
  .object({
    what: z.enum(['read', 'extract', 'settle']).optional().meta({ label: 'What', word: 'read|extract|settle' }),
    asid: z
      .string()
      .regex(/^\d{12}$/, 'An ASID has 12 digits; copy what the screen shows.')
      .optional()
      .meta({
        label: 'Provider system as read',
        hint: 'As planned, if left out',
        form: 'ask',
        word: '\\d{12}',
        holds: 'asid',
      }),
    services: z
      .string()
      .optional()
      .meta({ label: 'Services', hint: 'Ids, a site’s code, or "all"', word: 'all|\\d{4,11}(?:,\\d{4,11})*' }),
    note: z.string().min(3).max(300).optional().meta({ label: 'What was done', field: 'text', rest: true }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  })
  .superRefine((given, check) => {
    if ((given.what === 'read' || given.what === 'settle') && given.services === undefined)
      check.addIssue({ code: 'custom', path: ['services'], message: 'Name services, a site, or "all".' });
    if (given.what === 'settle' && given.note === undefined)
      check.addIssue({ code: 'custom', path: ['note'], message: 'Say what was done about it.' });
  });
type Input = z.infer<typeof input>;

export const command = defineCommand({
  verb: 'reconcile',
  summary: 'Is every service where the plan says? The same night by reading the screen, later by a fresh extract',
  examples: [
    '/bsu reconcile',
    '/bsu reconcile read all',
    '/bsu reconcile read 7012345 200000000220',
    '/bsu reconcile extract',
    '/bsu reconcile settle 7012345 linked by hand this morning',
  ],
  who: ['service-definer', 'tester', 'e-rs-lead', 'planner'],
  menu: 'none',
  needsMigration: true,
  input,
  async run(ctx, given) {
    const plan = await ctx.store.plans.current(migrationOf(ctx).id, given.plan);
    if (given.what === undefined) return shown(ctx, plan, null);
    await ctx.store.plans.lock(plan.id);
    await refuseBeforeRun(ctx, plan);
    const notice =
      given.what === 'read'
        ? await read(ctx, plan, given)
        : given.what === 'extract'
          ? await compare(ctx, plan)
          : await settle(ctx, plan, given);
    ctx.touch(`verification:${plan.id}`);
    return shown(ctx, plan, notice);
  },
});

/** The same night: what the screen shows, service by service. */
async function read(ctx: CommandContext, plan: Plan, given: Input): Promise<string> {
  const services = toRead(expected(plan.state, await ctx.store.plans.services(plan.id)), plan.verification);
  const named = servicesMeant(given.services ?? '', services);
  const before = new Map((await ctx.store.reconcile.readings(plan.id)).map((one) => [one.serviceId, one.asid]));
  // What was read otherwise is not swept away by "all as planned": it is named when it is read again.
  const left = services.filter(
    ({ serviceId, to }) =>
      given.services?.toLowerCase() === 'all' &&
      given.asid === undefined &&
      (before.get(serviceId) ?? to.asid) !== to.asid,
  );
  const ids = named.filter((id) => !left.some(({ serviceId }) => serviceId === id));
  const chosen = services.filter(({ serviceId }) => ids.includes(serviceId));
  const readings = chosen.map((service) => ({ serviceId: service.serviceId, asid: given.asid ?? service.to.asid }));
  await ctx.store.reconcile.read(plan.id, readings, ctx.person.id, ctx.now.toString());
  const newest = new Map((await ctx.store.reconcile.readings(plan.id)).map((one) => [one.serviceId, one.asid]));
  const differences = services.flatMap((service) => {
    const asid = newest.get(service.serviceId);
    return asid === undefined ? [] : (readOnScreen(service, asid) ?? []);
  });
  const wrong = differences.filter(({ serviceId }) => ids.includes(serviceId));
  await ctx.store.reconcile.reopen(
    plan.id,
    'screen',
    wrong.map(({ serviceId }) => serviceId),
  );
  await ctx.store.reconcile.found(plan.id, 'screen', differences, ctx.now.toString());
  ctx.record({ act: 'reconcile.read', about: `plan:${plan.id}`, facts: { readings, differences: differences.length } });
  await callOwners(ctx, plan, wrong);
  return `${counted(readings.length, 'service')} read: ${wrong.length === 0 ? 'all as planned' : `${wrong.length} not as planned`}.${left.length === 0 ? '' : ` ${left.map(({ serviceId }) => serviceId).join(', ')} ${left.length === 1 ? 'was' : 'were'} read otherwise and left so: read ${left.length === 1 ? 'it' : 'them'} again by name.`}`;
}

/** Later: the newest extract, which has to be of after the run. */
async function compare(ctx: CommandContext, plan: Plan): Promise<string> {
  const fresh = await freshExtract(ctx, plan);
  if (fresh === null) {
    throw new Refusal(
      'no-fresh-extract',
      'There is no extract of after the run yet. Download the next EBSX05 and import it, then compare.',
      { remedy: [next('Import an extract', 'import')] },
    );
  }
  const { asPlanned, differences } = reconcileExtract(
    expected(plan.state, await ctx.store.plans.services(plan.id)),
    await ctx.store.snapshots.services(plan.snapshotId),
    await ctx.store.snapshots.services(fresh.id),
    await movedByOthers(ctx, plan),
  );
  await ctx.store.reconcile.found(plan.id, `snapshot ${fresh.number}`, differences, ctx.now.toString());
  ctx.record({
    act: 'reconcile.extract',
    about: `plan:${plan.id}`,
    facts: {
      snapshot: fresh.number,
      asPlanned,
      differences: differences.map(({ serviceId, kind }) => ({ serviceId, kind })),
    },
  });
  await callOwners(ctx, plan, differences);
  return `Snapshot ${fresh.number}: ${asPlanned} as planned, ${counted(differences.length, 'difference')}.`;
}

/** What other plans of the migration moved is not "changed though not planned". */
async function movedByOthers(ctx: CommandContext, plan: Plan): Promise<readonly PlannedService[]> {
  const others = (await ctx.store.plans.list(plan.migrationId)).filter(
    ({ id, kind }) => id !== plan.id && kind === 'plan',
  );
  const moved: PlannedService[] = [];
  for (const { id } of others) {
    if ((await ctx.store.runs.ofPlan(id)).length > 0) moved.push(...(await ctx.store.plans.services(id)));
  }
  return moved;
}

async function settle(ctx: CommandContext, plan: Plan, given: Input): Promise<string> {
  const open = (await ctx.store.reconcile.differences(plan.id)).filter(({ settled }) => settled === null);
  if (open.length === 0)
    throw new Refusal('nothing-open', 'No difference is open.', { remedy: [next('Show', 'reconcile')] });
  const ids = servicesMeant(given.services ?? '', open);
  const done = await ctx.store.reconcile.settle(plan.id, ids, given.note ?? '', ctx.person.id, ctx.now.toString());
  ctx.record({
    act: 'reconcile.settled',
    about: `plan:${plan.id}`,
    facts: { services: ids, note: given.note ?? null },
  });
  return `${counted(done, 'difference')} settled.`;
}

/** Each difference has an owner, who is named in the thread. */
async function callOwners(ctx: CommandContext, plan: Plan, differences: readonly Difference[]): Promise<void> {
  if (differences.length === 0) return;
  const roles = new Set(differences.map(({ kind }) => DIFFERENCE_OWNERS[kind] as string));
  const holders = (await ctx.store.people.holders(plan.migrationId)).filter(({ role }) => roles.has(role));
  const people = [...new Map(holders.map(({ person }) => [person.id, person])).values()];
  const some = differences.slice(0, 5).map(({ serviceId, kind }) => `${serviceId} ${DIFFERENCE_WORDS[kind]}`);
  ctx.call(
    `plan:${plan.id}`,
    `${counted(differences.length, 'service')} not as plan ${plan.number} says: ${some.join('; ')}${differences.length > 5 ? '; and more' : ''}. Put it right, then \`/bsu reconcile settle SERVICE what was done\`.`,
    people,
  );
}

async function shown(ctx: CommandContext, plan: Plan, notice: string | null): Promise<Answer> {
  const facts = await ctx.store.afterFacts.reconcile(migrationOf(ctx), plan, notice);
  return answer('reconcile.shown', facts, {
    next: [next('Compare with the newest extract', 'reconcile', { what: 'extract', plan: String(plan.number) })],
    files: [await fileOf(ctx, plan)],
  });
}

/** Every service of the plan, as planned or not, and what changed without being planned. */
async function fileOf(ctx: CommandContext, plan: Plan): Promise<AnswerFile> {
  const all = await ctx.store.reconcile.differences(plan.id);
  const readings = new Map((await ctx.store.reconcile.readings(plan.id)).map((one) => [one.serviceId, one]));
  const differs = new Set(all.map(({ serviceId }) => serviceId));
  const fresh = await freshExtract(ctx, plan);
  const services = expected(plan.state, await ctx.store.plans.services(plan.id)).filter(
    (one) => !differs.has(one.serviceId),
  );
  const rows = [
    ...all.map((one) => [
      one.serviceId,
      one.name,
      one.site,
      DIFFERENCE_WORDS[one.kind],
      one.detail,
      one.source,
      ownerOf(one),
      one.settled?.note ?? null,
    ]),
    ...asPlannedRows(
      services,
      readings,
      fresh === null ? null : { ...fresh, found: await ctx.store.snapshots.services(fresh.id) },
    ),
  ];
  const header = ['SERVICE_ID', 'SERVICE_NAME', 'LOCATION_ORG_ID', 'what', 'detail', 'found in', 'owner', 'settled'];
  return { name: `reconcile-plan-${plan.number}.csv`, mediaType: 'text/csv', text: csvText(header, rows) };
}

/** The newest extract, where it is of after the run; else null. */
async function freshExtract(ctx: CommandContext, plan: Plan): Promise<Snapshot | null> {
  const newest = await ctx.store.snapshots.current(plan.migrationId);
  const run = (await ctx.store.runs.ofPlan(plan.id)).at(-1);
  const began = goLiveDay(run?.startedAt ?? null, migrationOf(ctx).zone);
  if (newest === null || began === null || newest.id === plan.snapshotId) return null;
  return newest.taken < began.toString() ? null : newest;
}

async function refuseBeforeRun(ctx: CommandContext, plan: Plan): Promise<void> {
  if ((await ctx.store.runs.ofPlan(plan.id)).length > 0) return;
  throw new Refusal('not-run', `Plan ${plan.number} has not run, so there is nothing to reconcile yet.`, {
    remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
  });
}
