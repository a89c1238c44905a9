import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Migration } from '../src/domain/migration.ts';
import { stopsFacts } from '../src/domain/time-stops.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { touchCards } from './time/touch-cards.ts';

export const command = defineCommand({
  verb: 'incident',
  summary: 'Declare a national e-RS incident: no bulk update until it is over',
  examples: ['/bsu incident e-RS is slow for everybody', '/bsu incident over'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    what: z.string().min(3).max(300).meta({
      label: 'What is known, or "over"',
      field: 'text',
      hint: 'The live service pages say what happened',
      rest: true,
    }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    const isOver = /^over[.!]?$/i.test(input.what.trim());
    if (isOver) await end(ctx, migration);
    else await declare(ctx, migration, input.what);
    const rules = await ctx.store.time.rules(migration.id);
    return answer('stops.shown', stopsFacts(rules, migration.zone, ctx.now, isOver ? 'over' : 'declared', 1), {
      next: isOver ? [next('Why?', 'why')] : [next('It is over', 'incident', { what: 'over' }), next('Why?', 'why')],
    });
  },
});

async function declare(ctx: CommandContext, migration: Migration, reason: string): Promise<void> {
  const now = ctx.now.toString();
  const id = await ctx.store.time.stop({
    migrationId: migration.id,
    rule: 'incident',
    startsAt: now,
    endsAt: null,
    reason,
    by: ctx.person.id,
    now,
  });
  if (id === null) {
    throw new Refusal('incident-stands', 'An incident is declared already, so every bulk update is stopped.', {
      remedy: [next('It is over', 'incident', { what: 'over' }), next('Why?', 'why')],
    });
  }
  ctx.record({ act: 'incident.declared', about: `incident:${id}`, facts: { reason } });
  for (const plan of await touchCards(ctx, migration.id)) {
    ctx.call(
      `plan:${plan.id}`,
      `A national e-RS incident is declared: ${reason}. No bulk update starts or goes on until it is over.`,
    );
  }
}

/** Anyone may declare it; only the e-RS lead says that it is over (rule 19). */
async function end(ctx: CommandContext, migration: Migration): Promise<void> {
  if (!ctx.roles.includes('e-rs-lead')) {
    const holders = await ctx.store.people.holders(migration.id);
    const leads = holders.filter((holder) => holder.role === 'e-rs-lead').map((holder) => holder.person.name);
    throw new Refusal(
      'role',
      `Only the e-RS lead says that an incident is over. Ask: ${leads.join(', ') || 'an administrator to grant that role'}.`,
      {
        remedy: [next('Who is who', 'people')],
      },
    );
  }
  const ids = await ctx.store.time.lift(migration.id, 'incident', null, ctx.person.id, ctx.now.toString());
  if (ids.length === 0) {
    throw new Refusal('no-incident', 'No incident is declared.', { remedy: [next('Why?', 'why')] });
  }
  for (const id of ids) ctx.record({ act: 'incident.over', about: `incident:${id}`, facts: {} });
  await touchCards(ctx, migration.id);
}
