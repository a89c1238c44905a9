import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { serviceDefiners } from './plan/definers.ts';
import { draftPlan } from './plan/draft.ts';
import { draftFields, saysSomething, selectionFields } from './plan/draft-input.ts';
import { idsOfFile } from './plan/whole-input.ts';

export const command = defineCommand({
  verb: 'plan',
  summary: 'Choose the services to move, look at the difference, save it as a plan',
  examples: [
    '/bsu plan site=RXX01,RXX02',
    '/bsu plan cardiology except=7012345',
    '/bsu plan site=RXX01 priority=suspected-cancer',
    '/bsu plan wave="Wave 1"',
    '/bsu plan 12 remove=7012345',
  ],
  who: ['planner', 'service-definer', 'e-rs-lead'],
  menu: 'team',
  needsMigration: true,
  input: z
    .object({ ...selectionFields, ...draftFields })
    .refine(saysSomething, { path: ['site'], error: 'Say which services.' }),
  async choices(ctx) {
    const snapshot = ctx.migration ? await ctx.store.snapshots.current(ctx.migration.id) : null;
    const counts = snapshot ? await ctx.store.snapshots.counts(snapshot.id, { directlyBookable: true }) : [];
    const names = ctx.migration
      ? await ctx.store.organisations.names(
          ctx.migration.id,
          counts.map(({ site }) => site),
        )
      : new Map();
    const definers = (await serviceDefiners(ctx)).map(({ id, name }) => ({ value: String(id), label: name }));
    return {
      site: counts
        .slice(0, 100)
        .map(({ site, services }) => ({ value: site, label: `${names.get(site) ?? site} (${services})` })),
      runner: definers,
      deputy: [...definers, { value: 'none', label: 'Nobody yet' }],
    };
  },
  prepare: idsOfFile,
  run: (ctx, input, listed) => draftPlan(ctx, 'plan', input, listed ?? null),
});
