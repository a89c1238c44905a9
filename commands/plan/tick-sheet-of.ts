import type { CommandContext } from '../../src/command.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { TickSheet } from '../../src/domain/tick-sheet.ts';

/** The plan's sheet as it may be ticked now. */
export async function tickSheetOf(ctx: CommandContext, plan: Plan): Promise<TickSheet> {
  return ctx.store.tickSheets.of(plan.snapshotId, await ctx.store.plans.services(plan.id), ctx.now);
}
