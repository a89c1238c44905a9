import type { CommandContext } from '../../src/command.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { COMPARISON_HOURS, type TickSheet, tickSheet } from '../../src/domain/tick-sheet.ts';

/** The plan's sheet as it may be ticked now: a whole site only where its list was compared with the screen (rule 6). */
export async function tickSheetOf(ctx: CommandContext, plan: Plan): Promise<TickSheet> {
  const planned = await ctx.store.plans.services(plan.id);
  const after = ctx.now.subtract({ hours: COMPARISON_HOURS }).toString();
  const compared = await ctx.store.siteComparisons.since(plan.snapshotId, after);
  if (compared.size === 0) return tickSheet(planned);
  const sites = [...new Set([...compared.values()].map(({ site }) => site))];
  const snapshot = await ctx.store.snapshots.services(plan.snapshotId, { sites });
  const times = new Map([...compared].map(([place, { at }]) => [place, at]));
  return tickSheet(planned, snapshot, times, ctx.now);
}
