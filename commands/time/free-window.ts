import type { CommandContext } from '../../src/command.ts';
import type { Plan, PlanWindow } from '../../src/domain/plan.ts';
import { isLive, STATE_WORDS } from '../../src/domain/plan-state.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { inWords, spanInWords } from '../../src/kernel/time-words.ts';

/** Two migrations that change the same provider system never share a night; the store holds the systems until this is saved. */
export async function freeWindow(
  ctx: CommandContext,
  plan: Plan,
  window: PlanWindow,
  zone: string,
): Promise<PlanWindow> {
  const [clash] = await ctx.store.windows.clashes(plan.id, window);
  if (!clash) return window;
  throw new Refusal(
    'window-taken',
    `"${clash.migration}" has reserved ${spanInWords(clash.from, clash.to, zone)} for the same provider system. Choose another opening.`,
    { remedy: [next('Choose another', 'window', { plan: String(plan.number) })] },
  );
}

export function refuseWindowChange(ctx: CommandContext, plan: Plan): void {
  if (!isLive(plan.state) || plan.state === 'running' || plan.state === 'rolling-back') {
    throw new Refusal(
      'plan-state',
      `Plan ${plan.number} is ${STATE_WORDS[plan.state]} since ${inWords(plan.stateSince, ctx.migration?.zone ?? 'UTC')}, so its windows cannot change.`,
      { remedy: [next('Show the plan', 'show', { plan: String(plan.number) })] },
    );
  }
}
