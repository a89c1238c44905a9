import { type Answer, answer, type CommandContext } from '../../src/command.ts';
import type { Migration } from '../../src/domain/migration.ts';
import type { Plan, PlanState } from '../../src/domain/plan.ts';
import { namingPlan } from '../../src/domain/plan-named.ts';
import { STATE_WORDS } from '../../src/domain/plan-state.ts';
import { type Verification, verificationFacts } from '../../src/domain/verification-shown.ts';
import { type Next, next, Refusal } from '../../src/kernel/errors.ts';

/** Something was changed already, and it is not over. */
const CHECKED_IN: readonly PlanState[] = ['running', 'paused', 'stopped', 'verifying', 'rolling-back'];

export function migrationOf(ctx: CommandContext): Migration {
  if (ctx.migration) return ctx.migration;
  throw new Refusal('no-migration', 'Ask in the channel of a migration.');
}

/** All that is known about the plan's checks; the plan is locked where it is to be changed. */
export async function checksOf(
  ctx: CommandContext,
  number: number | undefined,
  change: boolean,
): Promise<Verification> {
  const plan = await ctx.store.plans.current(migrationOf(ctx).id, number);
  // As it is once it is ours: whoever was first may have completed it.
  if (change) refuseState(await ctx.store.plans.lock(plan.id));
  return ctx.store.verification.known(plan.id, ctx.now, ctx.bankHolidays);
}

/** When the plan's run began: nothing that is checked after it can have been seen before. */
export async function beganAt(ctx: CommandContext, planId: number): Promise<string | undefined> {
  return (await ctx.store.runs.ofPlan(planId))[0]?.startedAt;
}

/** A message about the plan, so that its verbs mean this plan as they stand. */
export async function naming(ctx: CommandContext, plan: Plan, words: string): Promise<string> {
  return namingPlan(words, plan.number, await ctx.store.plans.list(plan.migrationId));
}

/** The summary as it is now, and by the touch in every channel (rule 25: results are posted as they come). */
export async function summary(
  ctx: CommandContext,
  planId: number,
  notice: string | null,
  steps: readonly Next[] = [],
): Promise<Answer> {
  const known = await ctx.store.verification.known(planId, ctx.now, ctx.bankHolidays);
  return answer('verification.shown', verificationFacts(known, notice), { next: steps });
}

function refuseState(plan: Plan): void {
  if (CHECKED_IN.includes(plan.state)) return;
  throw new Refusal(
    'plan-state',
    `Plan ${plan.number} is ${STATE_WORDS[plan.state]}: checks are recorded between its run and its completion.`,
    {
      remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
    },
  );
}
