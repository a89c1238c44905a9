import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { refuseStep } from '../src/domain/plan-state.ts';
import { actOf, lockedPlan, planCard } from './plan/on-plan.ts';

export const command = defineCommand({
  verb: 'withdraw',
  summary: 'Give a plan up before it runs; its services are free again',
  examples: ['/bsu withdraw the go-live moved to spring', '/bsu withdraw plan=12 the go-live moved to spring'],
  who: ['planner', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number' }),
    reason: z.string().min(3).max(500).meta({ label: 'Why', field: 'long-text', rest: true }),
  }),
  async run(ctx, input) {
    const plan = await lockedPlan(ctx, input.plan);
    refuseStep(plan, 'withdrawn');
    const act = actOf(ctx, `withdrew the plan: ${input.reason}`);
    await ctx.store.votes.endAll(plan.id, 'withdrawn', act.at);
    await ctx.store.plans.moveTo(plan.id, 'withdrawn', act);
    ctx.record({
      act: 'plan.withdrawn',
      about: `plan:${plan.id}`,
      facts: { number: plan.number, reason: input.reason },
      ...(plan.hash ? { hash: plan.hash } : {}),
    });
    ctx.touch(`plan:${plan.id}`);
    ctx.call(
      `plan:${plan.id}`,
      `Plan ${plan.number} was withdrawn: ${input.reason}. Its services are free for another plan.`,
    );
    return planCard(ctx, plan.id);
  },
});
