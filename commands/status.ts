import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Migration } from '../src/domain/migration.ts';
import type { Plan } from '../src/domain/plan.ts';
import type { PlanFacts } from '../src/domain/plan-answers.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { ROLE_WORDS } from '../src/domain/role.ts';
import { waitsFor } from '../src/domain/waiting.ts';
import { type Next, next } from '../src/kernel/errors.ts';
import { counted, inWords } from '../src/kernel/time-words.ts';

export const command = defineCommand({
  verb: 'status',
  summary: 'Where this migration is, what blocks it, what waits for you',
  examples: ['/bsu', '/bsu status'],
  who: 'known',
  menu: 'team',
  needsMigration: false,
  input: z.object({}),
  async run(ctx) {
    const { migration } = ctx;
    const you = { name: ctx.person.name, roles: ctx.roles.map((role) => ROLE_WORDS[role]) };
    if (!migration) {
      const where = 'No migration here yet';
      const facts = { migration: null, zone: 'Europe/London', where, plans: [], blocks: [], waitsForYou: [], you };
      return answer('status', facts, { next: [next('Start a migration', 'start'), next('Help', 'help')] });
    }
    const live = (await ctx.store.plans.list(migration.id)).filter((plan) => isLive(plan.state));
    const facts = await Promise.all(live.map((plan) => ctx.store.plans.facts(plan.id, ctx.now, ctx.bankHolidays)));
    const items = await ctx.store.checklist.states(migration, live[0] ?? null, ctx.now, ctx.bankHolidays);
    return answer(
      'status',
      {
        migration: migration.name,
        zone: migration.zone,
        where: `${migration.providerName} moves from ${migration.oldAsids.join(', ')} to ${migration.newAsid}`,
        plans: facts.map((plan) => ({ number: plan.number, state: plan.state, text: planLine(plan) })),
        blocks: [...facts.flatMap((plan) => plan.blockers), ...(await silentChannels(ctx, migration))],
        waitsForYou: waitsFor({ ...ctx.person, roles: ctx.roles }, { live, plans: facts, items }),
        you,
      },
      { next: await nextSteps(ctx, migration, live) },
    );
  },
});

function planLine(plan: PlanFacts): string {
  const what = `${plan.kind === 'practice' ? 'Practice plan' : 'Plan'} ${plan.number}`;
  return `${what}: ${plan.stateWords}, ${counted(plan.services, 'service')}${plan.code ? ` (${plan.code})` : ''}`;
}

/** A channel that takes no messages hears nothing of it: whoever asks elsewhere does. */
async function silentChannels(ctx: CommandContext, { id, zone }: Migration): Promise<string[]> {
  const troubles = await ctx.store.channelTroubles.list(id);
  return troubles.map(
    ({ platform, problem, since }) =>
      `A ${platform === 'teams' ? 'Microsoft Teams' : 'Slack'} channel takes no messages since ${inWords(since, zone)}. ${problem}`,
  );
}

async function nextSteps(ctx: CommandContext, migration: Migration, live: readonly Plan[]): Promise<Next[]> {
  const [plan] = live;
  if (plan) return [next('Show the plan', 'show', { plan: String(plan.number) }), next('Checklist', 'checklist')];
  const imported = await ctx.store.snapshots.current(migration.id);
  return imported
    ? [next('Plan a selection', 'plan'), next('See the services', 'services')]
    : [next('Import the extract', 'import')];
}
