import type { CommandContext } from '../../src/command.ts';

/** One new message in the plan's thread that names those whose vote is still needed, and nobody else (rule 10). */
export async function askForVotes(ctx: CommandContext, planId: number, message: string): Promise<void> {
  const plan = await ctx.store.plans.byId(planId);
  if (plan?.state !== 'submitted') return ctx.call(`plan:${planId}`, message);
  const { hash } = await ctx.store.plans.look(planId);
  const { couldVote } = await ctx.store.votes.approval(plan, hash, ctx.now);
  const people = [...new Map(couldVote.map(({ person }) => [person.id, person])).values()];
  ctx.call(`plan:${planId}`, `${message} Please look at ${plan.code ?? 'the plan'} and vote.`, people);
}
