import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { refuseStep } from '../src/domain/plan-state.ts';
import { refuseSubmit } from '../src/domain/plan-submit.ts';
import { askForVotes } from './plan/ask-for-votes.ts';
import { actOf, lockedPlan, planCard } from './plan/on-plan.ts';

export const command = defineCommand({
  verb: 'submit',
  summary: 'Ask for approval of a plan',
  examples: ['/bsu submit', '/bsu submit 12'],
  who: ['planner', 'service-definer', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number', word: '\\d{1,6}' }),
  }),
  async run(ctx, input) {
    const plan = await lockedPlan(ctx, input.plan);
    refuseStep(plan, 'submitted');
    refuseSubmit(plan.number, await ctx.store.plans.faults(plan, ctx.now, ctx.bankHolidays));
    const act = actOf(ctx, 'submitted the plan');
    const { code, hash } = await ctx.store.plans.seal(plan.id, [], act);
    await ctx.store.plans.moveTo(plan.id, 'submitted', act);
    ctx.record({ act: 'plan.submitted', about: `plan:${plan.id}`, facts: { number: plan.number, code }, hash });
    ctx.touch(`plan:${plan.id}`);
    await askForVotes(ctx, plan.id, `Plan ${plan.number} was submitted.`);
    return planCard(ctx, plan.id);
  },
});
