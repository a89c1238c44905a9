import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { nightPackWords } from '../src/domain/night-pack.ts';
import { counted } from '../src/kernel/time-words.ts';
import { actOf, planCard } from './plan/on-plan.ts';
import { voterOf } from './plan/vote-rules.ts';

export const command = defineCommand({
  verb: 'approve',
  summary: 'Approve the plan that shows this code',
  examples: ['/bsu approve K7Q-4F2'],
  who: 'member',
  menu: 'team',
  needsMigration: true,
  input: z.object({
    code: z.string().meta({ label: 'Code on the card', hint: 'For example K7Q-4F2', word: '[0-9A-Z]{3}-[0-9A-Z]{3}' }),
    plan: z.string().optional().meta({ label: 'Plan', form: 'never', word: '\\d{1,6}' }),
  }),
  async run(ctx, input) {
    const { plan, roles, lent } = await voterOf(ctx, input.code);
    const now = await ctx.store.plans.inputsChanged(
      plan.id,
      actOf(ctx, 'wanted to approve, and found the inputs changed'),
    );
    if (now.lines.length > 0) {
      ctx.touch(`plan:${plan.id}`);
      return planCard(ctx, plan.id);
    }
    const hash = plan.hash ?? '';
    const before = await ctx.store.votes.approval(plan, hash, ctx.now);
    const mine = before.counted.find(({ personId }) => personId === ctx.person.id);
    if (mine && roles.every((role) => mine.roles.includes(role))) return planCard(ctx, plan.id);
    const at = ctx.now.toString();
    await ctx.store.votes.end(plan.id, ctx.person.id, 'voted again', at);
    await ctx.store.votes.cast(plan.id, { personId: ctx.person.id, hash, roles, lent, at });
    ctx.record({
      act: 'plan.approved',
      about: `plan:${plan.id}`,
      facts: { number: plan.number, code: plan.code, roles, lent },
      hash,
    });
    const { matching } = await ctx.store.votes.approval(plan, hash, ctx.now);
    const act = actOf(ctx, `approved ${plan.code}`);
    if (matching.complete && plan.state === 'submitted') {
      await ctx.store.plans.moveTo(plan.id, 'approved', act);
      const votes = counted(matching.places.length, 'vote');
      ctx.record({
        act: 'plan.quorum',
        about: `plan:${plan.id}`,
        facts: { number: plan.number, votes: matching.places.length },
        hash,
      });
      ctx.milestone(`plan:${plan.id}`, `plan ${plan.number} approved (${plan.code})`);
      const runner = plan.runnerId === null ? null : await ctx.store.people.byId(plan.runnerId);
      ctx.call(`plan:${plan.id}`, `Plan ${plan.number} is approved (${plan.code}, ${votes}).`, runner ? [runner] : []);
      ctx.attach(`plan:${plan.id}`, nightPackWords(plan.number));
    } else {
      await ctx.store.plans.note(plan.id, act);
    }
    ctx.touch(`plan:${plan.id}`);
    return planCard(ctx, plan.id);
  },
});
