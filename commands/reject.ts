import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { next } from '../src/kernel/errors.ts';
import { actOf, planCard } from './plan/on-plan.ts';
import { voterOf } from './plan/vote-rules.ts';

export const command = defineCommand({
  verb: 'reject',
  summary: 'Send the plan that shows this code back to its author, with a reason',
  examples: ['/bsu reject K7Q-4F2 the window is too short'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    code: z.string().meta({ label: 'Code on the card', hint: 'For example K7Q-4F2', word: '[0-9A-Z]{3}-[0-9A-Z]{3}' }),
    reason: z
      .string()
      .min(3)
      .max(500)
      .meta({ label: 'Why', hint: 'What should be different', field: 'long-text', rest: true }),
    plan: z.string().optional().meta({ label: 'Plan', form: 'never' }),
  }),
  async run(ctx, input) {
    const { plan } = await voterOf(ctx, input.code);
    const act = actOf(ctx, `rejected ${plan.code}: ${input.reason}`);
    const ended = await ctx.store.votes.endAll(plan.id, `rejected: ${input.reason}`, act.at);
    await ctx.store.plans.moveTo(plan.id, 'draft', act);
    ctx.record({
      act: 'plan.rejected',
      about: `plan:${plan.id}`,
      facts: { number: plan.number, code: plan.code, reason: input.reason, votesEnded: ended },
      ...(plan.hash ? { hash: plan.hash } : {}),
    });
    ctx.touch(`plan:${plan.id}`);
    const author = await ctx.store.people.byId(plan.authorId);
    ctx.call(`plan:${plan.id}`, `Plan ${plan.number} was rejected: ${input.reason}`, author ? [author] : []);
    return planCard(ctx, plan.id, [next('Change the plan', 'plan', { plan: String(plan.number) })]);
  },
});
