import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Plan } from '../src/domain/plan.ts';
import { STATE_WORDS } from '../src/domain/plan-state.ts';
import { type TickSheet, wholePlaces } from '../src/domain/tick-sheet.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { migrationOf, planNamed } from './plan/on-plan.ts';
import { ticksPage } from './plan/pages.ts';
import { tickSheetOf } from './plan/tick-sheet-of.ts';

export const command = defineCommand({
  verb: 'ticks',
  summary: 'What to tick on the e-RS screen, grouped and counted as the screen is',
  examples: ['/bsu ticks', '/bsu ticks 12'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number', word: '\\d{1,6}' }),
  }),
  async run(ctx, input) {
    const plan = await planNamed(ctx, input.plan);
    const sheet = await tickSheetOf(ctx, plan);
    const codes = sheet.organisations.flatMap(({ organisation, sites }) => [
      organisation,
      ...sites.map(({ site }) => site),
    ]);
    const names = await ctx.store.organisations.names(migrationOf(ctx).id, codes);
    return answer(
      'plan.ticks',
      {
        number: plan.number,
        planName: plan.kind === 'practice' ? `Practice plan ${plan.number}` : `Plan ${plan.number}`,
        code: plan.state === 'draft' ? null : plan.code,
        stateWords: STATE_WORDS[plan.state],
        toAsid: plan.target.asid,
        toOrganisation: plan.target.organisation,
        at: ctx.now.toString(),
        zone: migrationOf(ctx).zone,
        compared: await comparedPlaces(ctx, plan, wholePlaces(sheet)),
        testServices: await testServices(ctx, sheet),
        sheet,
        names: Object.fromEntries(names),
      },
      {
        pages: [ticksPage(plan)],
        files: [{ name: `plan-${plan.number}-ticks.csv`, mediaType: 'text/csv', text: sheetFile(sheet) }],
      },
    );
  },
});

/** Whose look at the screen makes which sites one tick. */
async function comparedPlaces(ctx: CommandContext, plan: Plan, whole: ReadonlySet<string>) {
  const newest = await ctx.store.siteComparisons.newest(plan.snapshotId);
  return newest
    .filter(({ organisation, site }) => whole.has(`${organisation}/${site}`))
    .map(({ organisation, site, by, at }) => ({ organisation, site, by, at }));
}

/** The screen lists the services of the practice too; whoever ticks must know them (rules 6, 7). */
async function testServices(ctx: CommandContext, sheet: TickSheet) {
  const ticked = new Set(
    sheet.organisations.flatMap(({ sites }) => sites.flatMap((one) => one.services.map(({ serviceId }) => serviceId))),
  );
  const practices = (await ctx.store.plans.list(migrationOf(ctx).id)).filter(({ kind }) => kind === 'practice');
  const services = (await Promise.all(practices.map(({ id }) => ctx.store.plans.services(id)))).flat();
  const each = new Map(services.map((one) => [one.serviceId, one]));
  return [...each.values()].map(({ serviceId, name, site }) => ({
    serviceId,
    name,
    site,
    ticked: ticked.has(serviceId),
  }));
}

function sheetFile(sheet: TickSheet): string {
  const rows = sheet.organisations.flatMap(({ organisation, sites }) =>
    sites.flatMap(({ site, services, whole }) =>
      services.map(({ serviceId, name }) => [
        '',
        organisation,
        site,
        serviceId,
        name,
        whole ? 'by the tick of its site' : '',
      ]),
    ),
  );
  return csvText(['ticked', 'organisation', 'site', 'service id', 'name', 'remark'], rows);
}
