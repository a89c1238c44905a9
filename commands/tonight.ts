import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { contactLines, onTonight } from '../src/domain/night-pack.ts';
import { isLive, STATE_WORDS } from '../src/domain/plan-state.ts';
import { next } from '../src/kernel/errors.ts';
import { migrationOf } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'tonight',
  summary: 'Who is on tonight, with telephones, deputies and contacts',
  examples: ['/bsu tonight'],
  who: 'member',
  menu: 'personal',
  needsMigration: true,
  input: z.object({}),
  async run(ctx) {
    const migration = migrationOf(ctx);
    const plan = (await ctx.store.plans.list(migration.id)).find((one) => isLive(one.state)) ?? null;
    const holders = await ctx.store.people.holders(migration.id);
    return answer(
      'run.tonight',
      {
        migration: migration.name,
        zone: migration.zone,
        plan: plan === null ? null : { number: plan.number, state: STATE_WORDS[plan.state] },
        windows: plan === null ? [] : await ctx.store.windows.of(plan.id),
        outage: migration.outage,
        oldPasUntil: migration.oldPasUntil,
        people: onTonight(holders, plan),
        contacts: contactLines(migration.contacts),
      },
      { next: [next('The run', 'run', { what: 'check' }), next('Night pack', 'night')] },
    );
  },
});
