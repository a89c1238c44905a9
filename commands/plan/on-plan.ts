import { type Answer, answer, type CommandContext } from '../../src/command.ts';
import type { Migration } from '../../src/domain/migration.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { type Next, Refusal } from '../../src/kernel/errors.ts';

/** The migration that a verb is about; dispatch gives one to every verb that needs it. */
export function migrationOf(ctx: CommandContext): Migration {
  if (ctx.migration) return ctx.migration;
  throw new Refusal('no-migration', 'Ask in the channel of a migration.');
}

/** The plan that was named by number, else the only open one; locked where it is to be changed. */
export async function planNamed(ctx: CommandContext, number: number | undefined): Promise<Plan> {
  return ctx.store.plans.current(migrationOf(ctx).id, number);
}

export async function lockedPlan(ctx: CommandContext, number: number | undefined): Promise<Plan> {
  return ctx.store.plans.lock((await planNamed(ctx, number)).id);
}

/** The plan's card as it is now, for the asker and, by the touch, in every channel. */
export async function planCard(ctx: CommandContext, planId: number, next: readonly Next[] = []): Promise<Answer> {
  return answer('plan.shown', await ctx.store.plans.facts(planId, ctx.now, ctx.bankHolidays), { next });
}

/** Who does it now, in one quiet line of the card. */
export function actOf(ctx: CommandContext, words: string) {
  return { personId: ctx.person.id, at: ctx.now.toString(), words: `${ctx.person.name} ${words}` };
}
