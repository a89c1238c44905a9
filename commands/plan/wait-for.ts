import { type Answer, answer, type CommandContext } from '../../src/command.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { PlanDiff } from '../../src/domain/plan-diff.ts';
import { isLive, STATE_WORDS } from '../../src/domain/plan-state.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { planNamed } from './on-plan.ts';

/** Whoever could not have a plan's services is told when it lets them go (rule 4). */
export async function waitFor(ctx: CommandContext, number: number): Promise<Answer> {
  const holder = await planNamed(ctx, number);
  if (!isLive(holder.state)) {
    throw new Refusal('plan-state', `Plan ${number} is ${STATE_WORDS[holder.state]}: its services are free already.`, {
      remedy: [next('Choose services', 'plan')],
    });
  }
  const wait = { holderId: holder.id, personId: ctx.person.id, planId: null, serviceIds: [] };
  await ctx.store.planWaits.add(wait, ctx.now.toString());
  return answer('plan.waiting', { number }, { next: [next('Show that plan', 'show', { plan: String(number) })] });
}

/** The author of a plan that was saved without services which others hold is told when those are free. */
export async function waitForHeld(ctx: CommandContext, plan: Plan, diff: PlanDiff): Promise<void> {
  const held = diff.refused.filter(({ why, holder }) => why === 'held' && holder !== null);
  for (const [holderId, those] of Map.groupBy(held, ({ holder }) => holder?.planId ?? 0)) {
    const serviceIds = those.map(({ service }) => service.serviceId);
    await ctx.store.planWaits.add(
      { holderId, personId: ctx.person.id, planId: plan.id, serviceIds },
      ctx.now.toString(),
    );
  }
}
