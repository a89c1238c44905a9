import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { COMPARISON_HOURS } from '../src/domain/tick-sheet.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf, planNamed } from './plan/on-plan.ts';
import { tickSheetOf } from './plan/tick-sheet-of.ts';

export const command = defineCommand({
  verb: 'screen',
  summary: "Record that you compared a site's list with the live e-RS screen, so that it can be one tick",
  examples: [
    '/bsu screen XR101 131',
    '/bsu screen site=XR101 counted=131 organisation=XR1',
    '/bsu screen XR101 132 reason="a new clinic that stays on the old system"',
  ],
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
    reason: z
      .string()
      .min(3)
      .max(300)
      .optional()
      .meta({ label: 'Where they differ: why it does not matter', field: 'text', rest: true }),
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
    const place = { organisation, site: input.site };
    const differsBy = listed === input.counted ? null : input.counted - listed;
    const acceptedBecause = differsBy === null ? null : (input.reason ?? null);
    const found = { personId: ctx.person.id, at: ctx.now.toString(), differsBy, acceptedBecause };
    await ctx.store.siteComparisons.record(plan.snapshotId, place, found);
    ctx.record({
      act: differsBy === null ? 'screen.compared' : 'screen.differs',
      about: `plan:${plan.id}`,
      facts: { ...place, snapshot: plan.snapshotId, counted: input.counted, differsBy, acceptedBecause },
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
        counted: input.counted,
        differs: differsBy !== null,
        acceptedBecause,
        leftOut: listed - here.filter(({ from }) => from.organisation === organisation).length,
        until: ctx.now.add({ hours: COMPARISON_HOURS }).toString(),
        zone: migrationOf(ctx).zone,
      },
      { next: differsBy === null ? [ticks] : [ticks, next('Import', 'import')] },
    );
  },
});
