import type { CommandContext } from '../../src/command.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { isLive } from '../../src/domain/plan-state.ts';

/** What closes time is said on every card of the migration: its live plans, the run, the checks. Gives those plans. */
export async function touchCards(ctx: CommandContext, migrationId: number): Promise<readonly Plan[]> {
  const plans = (await ctx.store.plans.list(migrationId)).filter((plan) => isLive(plan.state));
  for (const plan of plans) {
    ctx.touch(`plan:${plan.id}`);
    if (plan.state === 'verifying') ctx.touch(`verification:${plan.id}`);
  }
  const run = await ctx.store.runs.live(migrationId);
  if (run !== null) ctx.touch(`run:${run.id}`);
  return plans;
}
