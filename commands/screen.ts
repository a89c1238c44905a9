import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { COMPARISON_HOURS } from '../src/domain/tick-sheet.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { migrationOf, planNamed } from './plan/on-plan.ts';
import { tickSheetOf } from './plan/tick-sheet-of.ts';

export const command = defineCommand({
  verb: 'screen',
  summary: "Record that you compared a site's list with the live e-RS screen, so that it can be one tick",
  examples: ['/bsu screen XR101 131', '/bsu screen site=XR101 counted=131 organisation=XR1'],
  who: ['service-definer', 'planner', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    site: z
      .string()
      .transform((code) => code.toUpperCase())
      .meta({ label: 'Site', field: 'text', word: '(?=\\w*\\d)[A-Z][A-Z0-9]{3,8}' }),
    counted: z.coerce.number().int().min(1).max(100_000).meta({
      label: 'How many services does the screen list at this site?',
      hint: 'With the directly bookable filter on Yes, published or not. Compare the list line by line first',
      field: 'number',
      word: '\\d{1,6}',
    }),
    organisation: z
      .string()
      .transform((code) => code.toUpperCase())
      .optional()
      .meta({ label: 'Organisation, where the site has several', field: 'text' }),
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number' }),
  }),
  async run(ctx, input) {
    const plan = await planNamed(ctx, input.plan);
    const ticks = next('The list', 'ticks', { plan: String(plan.number) });
    const here = (await ctx.store.plans.services(plan.id)).filter(({ site }) => site === input.site);
    const organisations = [...new Set(here.map(({ from }) => from.organisation))].sort();
    const organisation = input.organisation ?? organisations[0];
    if (organisation === undefined || !organisations.includes(organisation)) {
      throw new Refusal('no-site', `Plan ${plan.number} has no service of that organisation at site ${input.site}.`, {
        remedy: [ticks],
      });
    }
    if (input.organisation === undefined && organisations.length > 1) {
      throw new Refusal(
        'which-organisation',
        `Several organisations have services at ${input.site}. Say which: ${organisations.join(', ')}.`,
        { fields: { organisation: 'Say which organisation.' } },
      );
    }
    const listed = (await ctx.store.snapshots.services(plan.snapshotId, { sites: [input.site] })).filter(
      (service) => service.directlyBookable && service.providerOrg === organisation,
    ).length;
    if (listed !== input.counted) {
      throw new Refusal(
        'screen-differs',
        `The screen lists ${counted(input.counted, 'service')} at ${input.site} and the plan's import does not list as many. ` +
          `Services may have been created or ended since. Tick the services of this site singly, or import a newer extract.`,
        { remedy: [ticks, next('Import', 'import')] },
      );
    }
    const place = { organisation, site: input.site };
    await ctx.store.siteComparisons.record(plan.snapshotId, place, ctx.person.id, ctx.now.toString());
    ctx.record({
      act: 'screen.compared',
      about: `plan:${plan.id}`,
      facts: { ...place, snapshot: plan.snapshotId, counted: input.counted },
    });
    const sheet = await tickSheetOf(ctx, plan);
    const site = sheet.organisations
      .find((entry) => entry.organisation === organisation)
      ?.sites.find((entry) => entry.site === input.site);
    return answer(
      'plan.screen',
      {
        number: plan.number,
        site: input.site,
        whole: site?.whole ?? false,
        leftOut: listed - here.filter(({ from }) => from.organisation === organisation).length,
        until: ctx.now.add({ hours: COMPARISON_HOURS }).toString(),
        zone: migrationOf(ctx).zone,
      },
      { next: [ticks] },
    );
  },
});
