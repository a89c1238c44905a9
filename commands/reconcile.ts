import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { calledFor, ofDifference } from '../src/domain/finding.ts';
import type { Plan } from '../src/domain/plan.ts';
import { DIFFERENCE_WORDS, type Difference, expected, readOnScreen, toRead } from '../src/domain/reconcile.ts';
import { servicesMeant } from '../src/domain/verification-record.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { compareExtract } from './verifying/compare-extract.ts';
import { giveFindings } from './verifying/owners.ts';
import { migrationOf, naming } from './verifying/plan-of.ts';
import { reconcileFile } from './verifying/reconcile-file.ts';

const IDS = '\\d{4,11}(?:,\\d{4,11})*';
/** Letters and digits; a site whose code has no digit is typed as site=. */
const SITE = '(?=[a-z\\d]*[a-z])(?=[a-z\\d]*\\d)[a-z\\d]{3,9}';

const input = z
  .object({
    what: z
      .enum(['read', 'extract', 'settle', 'take', 'give'])
      .optional()
      .meta({ label: 'What', word: 'read|extract|settle|take|give' }),
    asid: z
      .string()
      .regex(/^\d{12}$/, 'An ASID has 12 digits; copy what the screen shows.')
      .optional()
      .meta({ label: 'Provider system as read', hint: 'As planned, if left out', word: '\\d{12}', holds: 'asid' }),
    services: z
      .string()
      .optional()
      .meta({
        label: 'Services',
        hint: 'Ids, a site’s code, or "all"',
        field: 'text',
        word: `all|${IDS}|${SITE}(?:,${SITE})*`,
      }),
    site: z
      .string()
      .regex(/^[A-Za-z0-9]{3,9}$/, 'A site’s code has 3 to 9 letters and digits, like XR101.')
      .transform((code) => code.toUpperCase())
      .optional()
      .meta({ label: 'Site', form: 'never' }),
    note: z.string().min(3).max(300).optional().meta({ label: 'What was done', field: 'text', rest: true }),
    owner: z
      .string()
      .min(2)
      .max(200)
      .optional()
      .meta({ label: 'Who answers for it', hint: '“me”, a mention, or an e-mail address', field: 'text' }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  })
  .superRefine((given, check) => {
    const need = (path: keyof typeof given, message: string) => {
      if (given[path] === undefined) check.addIssue({ code: 'custom', path: [path], message });
    };
    const named = given.services !== undefined || given.site !== undefined;
    const about = given.what !== undefined && given.what !== 'extract';
    if ((about || given.owner !== undefined) && !named) need('services', 'Name services, a site, or "all".');
    if (given.what === 'read' && !named) need('asid', 'Type what the screen shows, or leave it out: as planned.');
    if (given.what === 'settle') need('note', 'Say what was done about it.');
    if (given.what === 'give') need('owner', 'Name who answers for it.');
  });
type Input = z.infer<typeof input>;

export const command = defineCommand({
  verb: 'reconcile',
  summary: 'Is every service where the plan says? The same night by reading the screen, later by a fresh extract',
  examples: [
    '/bsu reconcile',
    '/bsu reconcile read all',
    '/bsu reconcile read site=XR101',
    '/bsu reconcile read 7012345 200000000220',
    '/bsu reconcile extract',
    '/bsu reconcile take 7012345',
    '/bsu reconcile owner=person@trust.example 7012345',
    '/bsu reconcile settle 7012345 linked by hand this morning',
  ],
  who: ['service-definer', 'tester', 'e-rs-lead', 'planner'],
  anyoneLooks: true,
  menu: 'none',
  needsMigration: true,
  input,
  async run(ctx, given) {
    const meant = await ctx.store.plans.current(migrationOf(ctx).id, given.plan);
    const what = given.what ?? (given.owner === undefined ? 'show' : 'give');
    if (what === 'show') return shown(ctx, meant, null, await siteMeant(ctx, meant, given));
    const plan = await ctx.store.plans.lock(meant.id);
    await refuseBeforeRun(ctx, plan);
    const notice = await DEEDS[what](ctx, plan, given);
    ctx.touch(`verification:${plan.id}`);
    return shown(ctx, plan, notice);
  },
});

const DEEDS = { read, extract: compare, settle, take: give, give } as const;

/** The same night: what the screen shows, service by service. */
async function read(ctx: CommandContext, plan: Plan, given: Input): Promise<string> {
  const services = toRead(expected(plan.state, await ctx.store.plans.services(plan.id)), plan.verification);
  const named = meant(given, services);
  const before = new Map((await ctx.store.reconcile.readings(plan.id)).map((one) => [one.serviceId, one.asid]));
  // What was read otherwise is not swept away by "all as planned", nor by a whole site: it is named when it is read again.
  const left = services.filter(
    ({ serviceId, to }) =>
      named.includes(serviceId) &&
      given.services?.includes(serviceId) !== true &&
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
  const { snapshot, asPlanned, differences } = await compareExtract(ctx, plan);
  const source = `snapshot ${snapshot}`;
  const kept = (await ctx.store.reconcile.differences(plan.id)).filter((one) => one.source === source);
  const settled = new Set(kept.filter((one) => one.settled !== null).map(({ serviceId }) => serviceId));
  const open = differences.filter(({ serviceId }) => !settled.has(serviceId));
  await callOwners(ctx, plan, open);
  const done = differences.length - open.length;
  return `Snapshot ${snapshot}: ${asPlanned} as planned, ${counted(differences.length, 'difference')}${done === 0 ? '' : `, ${done} of them settled`}.`;
}

async function settle(ctx: CommandContext, plan: Plan, given: Input): Promise<string> {
  const ids = meant(given, await openDifferences(ctx, plan));
  const done = await ctx.store.reconcile.settle(plan.id, ids, given.note ?? '', ctx.person.id, ctx.now.toString());
  ctx.record({
    act: 'reconcile.settled',
    about: `plan:${plan.id}`,
    facts: { services: ids, note: given.note ?? null },
  });
  return `${counted(done, 'difference')} settled.`;
}

/** Taken by the asker where nobody is named. */
async function give(ctx: CommandContext, plan: Plan, given: Input): Promise<string> {
  const ids = meant(given, await openDifferences(ctx, plan));
  return giveFindings(ctx, plan, 'difference', ids, given.what === 'take' ? undefined : given.owner);
}

async function openDifferences(ctx: CommandContext, plan: Plan) {
  const open = (await ctx.store.reconcile.differences(plan.id)).filter(({ settled }) => settled === null);
  if (open.length > 0) return open;
  throw new Refusal('nothing-open', 'No difference is open.', { remedy: [next('Show', 'reconcile')] });
}

/** The services that were named: ids, site codes or "all", or those at a site. */
function meant(given: Input, known: readonly { readonly serviceId: string; readonly site: string }[]) {
  if (given.services === undefined) return servicesMeant(given.site ?? '', known);
  const there = known.filter(({ site }) => given.site === undefined || site === given.site);
  return servicesMeant(given.services, there);
}

/** The one site that is to be shown; null: all. Refuses "unknown-service" for what is no site of the plan. */
async function siteMeant(ctx: CommandContext, plan: Plan, given: Input): Promise<string | null> {
  const typed = given.site ?? given.services?.toUpperCase();
  if (typed === undefined || typed === 'ALL') return null;
  const services = await ctx.store.plans.services(plan.id);
  const ids = servicesMeant(typed, services);
  return services.find(({ serviceId }) => ids.includes(serviceId))?.site ?? null;
}

/** Each difference has an owner, who is named in the thread. */
async function callOwners(ctx: CommandContext, plan: Plan, differences: readonly Difference[]): Promise<void> {
  if (differences.length === 0) return;
  const owners = await ctx.store.findings.owners(plan.id, 'difference');
  const people = calledFor(differences.map(ofDifference), owners, await ctx.store.people.holders(plan.migrationId));
  const some = differences.slice(0, 5).map(({ serviceId, kind }) => `${serviceId} ${DIFFERENCE_WORDS[kind]}`);
  ctx.call(
    `plan:${plan.id}`,
    await naming(
      ctx,
      plan,
      `${counted(differences.length, 'service')} not as plan ${plan.number} says: ${some.join('; ')}${differences.length > 5 ? '; and more' : ''}. Put it right, then \`/bsu reconcile settle SERVICE what was done\`.`,
    ),
    people,
  );
}

async function shown(ctx: CommandContext, plan: Plan, notice: string | null, site: string | null = null) {
  const facts = await ctx.store.afterFacts.reconcile(migrationOf(ctx), plan, notice, site);
  return answer('reconcile.shown', facts, {
    next: [next('Compare with the newest extract', 'reconcile', { what: 'extract', plan: String(plan.number) })],
    files: [await reconcileFile(ctx, plan)],
  });
}

async function refuseBeforeRun(ctx: CommandContext, plan: Plan): Promise<void> {
  if ((await ctx.store.runs.ofPlan(plan.id)).length > 0) return;
  throw new Refusal('not-run', `Plan ${plan.number} has not run, so there is nothing to reconcile yet.`, {
    remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
  });
}
