import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { isBeforeRun } from '../src/domain/plan-state.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { actOf, lockedPlan, planCard } from './plan/on-plan.ts';

export const command = defineCommand({
  verb: 'unvote',
  summary: 'Take your vote back, until the run starts',
  examples: ['/bsu unvote', '/bsu unvote 12'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number', word: '\\d{1,6}' }),
  }),
  async run(ctx, input) {
    const plan = await lockedPlan(ctx, input.plan);
    const show = next('Show the plan', 'show', { plan: String(plan.number) });
    if (!isBeforeRun(plan.state)) {
      throw new Refusal(
        'plan-state',
        `Plan ${plan.number} has started, so votes stand. Pause or abort the run instead.`,
        {
          remedy: [next('Pause', 'pause'), show],
        },
      );
    }
    const at = ctx.now.toString();
    if (!(await ctx.store.votes.end(plan.id, ctx.person.id, 'taken back', at))) {
      throw new Refusal('no-vote', `You have no vote on plan ${plan.number} to take back.`, { remedy: [show] });
    }
    const hash = plan.hash ?? '';
    const act = actOf(ctx, `took their vote on ${plan.code} back`);
    const { matching } = await ctx.store.votes.approval(plan, hash, ctx.now);
    if (plan.state === 'approved' && !matching.complete) await ctx.store.plans.moveTo(plan.id, 'submitted', act);
    else await ctx.store.plans.note(plan.id, act);
    ctx.record({
      act: 'plan.unvoted',
      about: `plan:${plan.id}`,
      facts: { number: plan.number, code: plan.code },
      hash,
    });
    ctx.touch(`plan:${plan.id}`);
    ctx.call(`plan:${plan.id}`, `${act.words}. Plan ${plan.number} may need another vote.`);
    return planCard(ctx, plan.id);
  },
});
