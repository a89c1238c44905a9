import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Migration } from '../src/domain/migration.ts';
import type { Plan, PlanState } from '../src/domain/plan.ts';
import type { PlanFacts } from '../src/domain/plan-answers.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { ROLE_WORDS, type Role } from '../src/domain/role.ts';
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
    if (!migration) return withoutMigration(ctx);
    const here = await lookAt(ctx, migration, ctx.roles);
    return answer(
      'status',
      {
        migration: migration.name,
        zone: migration.zone,
        where: `${migration.providerName} moves from ${migration.oldAsids.join(', ')} to ${migration.newAsid}`,
        plans: here.facts.map((plan) => ({ number: plan.number, state: plan.state, text: planLine(plan) })),
        blocks: [...here.facts.flatMap((plan) => plan.blockers), ...(await silentChannels(ctx, migration))],
        waitsForYou: here.waits,
        nextWindow: here.nextWindow,
        migrations: [],
        you: youOf(ctx),
      },
      { next: await nextSteps(ctx, migration, here.live) },
    );
  },
});

/** Asked outside a migration's channel: all of one's own, or how to begin. */
async function withoutMigration(ctx: CommandContext): Promise<Answer> {
  const ids = await ctx.store.people.migrationsOf(ctx.person.id);
  const mine = await Promise.all(
    ids.map(async (id) => {
      const migration = await ctx.store.migrations.byId(id);
      if (migration === null) return [];
      const roles = await ctx.store.people.rolesOf(ctx.person.id, id, ctx.account);
      const { waits, nextWindow } = await lookAt(ctx, migration, roles);
      return [{ id, name: migration.name, zone: migration.zone, waitsForYou: waits, nextWindow }];
    }),
  );
  const migrations = mine.flat();
  const facts = {
    migration: null,
    zone: 'Europe/London',
    where: migrations.length === 0 ? 'No migration here yet' : 'Your migrations',
    plans: [],
    blocks: [],
    waitsForYou: [],
    nextWindow: null,
    migrations,
    you: youOf(ctx),
  };
  const steps =
    migrations.length === 0
      ? [next('Start a migration', 'start'), next('Help', 'help')]
      : migrations.slice(0, 4).map(({ id, name }) => next(name, 'status', { migration: String(id) }));
  return answer('status', facts, { next: steps });
}

function youOf({ person, roles }: CommandContext) {
  return { name: person.name, roles: roles.map((role) => ROLE_WORDS[role]) };
}

/** States in which services were changed already, so that there is something to check. */
const CHECKED: readonly PlanState[] = ['running', 'paused', 'stopped', 'verifying'];

async function lookAt(ctx: CommandContext, migration: Migration, roles: readonly Role[]) {
  const { store, now, bankHolidays } = ctx;
  const all = await store.plans.list(migration.id);
  const live = all.filter((plan) => isLive(plan.state));
  const facts = await Promise.all(live.map((plan) => store.plans.facts(plan.id, now, bankHolidays)));
  const items = await store.checklist.states(migration, live[0] ?? null, now, bankHolidays);
  const changed = live.filter((plan) => CHECKED.includes(plan.state));
  const checks = await Promise.all(changed.map((plan) => store.verification.known(plan.id, now, bankHolidays)));
  const tasks = migration.outage ? await store.informed.calls(migration.id, migration.outage.from) : [];
  const calls = tasks.filter(({ phonedAt }) => phonedAt === null).length;
  const findings = await store.findings.open(migration);
  const baselines = (await store.after.withoutBaseline()).filter((one) => one.migrationId === migration.id);
  const windows = await Promise.all(
    live.map(async (plan) => (await store.windows.of(plan.id)).map((window) => ({ plan: plan.number, ...window }))),
  );
  const after = await store.afterFacts.open(migration, all, now);
  const ahead = windows.flat().filter(({ to }) => to > now.toString());
  return {
    live,
    facts,
    waits: waitsFor(
      { ...ctx.person, roles },
      {
        live,
        all,
        plans: facts,
        items,
        checks,
        calls,
        findings,
        after,
        baselines: baselines.map(({ number }) => number),
      },
    ),
    nextWindow: ahead.sort((one, other) => (one.from < other.from ? -1 : 1))[0] ?? null,
  };
}

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
