import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { manualPage, migrationOf, runPage } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'night',
  summary: 'The night pack: one file to print or keep, for when chat is down',
  examples: ['/bsu night', '/bsu night 12'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number', word: '\\d{1,6}' }),
  }),
  async run(ctx, input) {
    const plan = await ctx.store.plans.current(migrationOf(ctx).id, input.plan);
    const facts = await ctx.store.nightPacks.facts(plan.id, ctx.now);
    if (facts === null) throw new Refusal('no-plan', 'There is no such plan.', { remedy: [next('The plans', 'plan')] });
    ctx.record({ act: 'night-pack.made', about: `plan:${plan.id}`, facts: { services: facts.services } });
    // An operator gives somebody these over the telephone when chat is down (--link-for).
    const run = await ctx.store.runs.latest(migrationOf(ctx).id);
    const pages = run === null ? [] : [runPage(run), manualPage(run)];
    return answer('run.night', facts, { next: [next('Who is on tonight', 'tonight')], pages });
  },
});
