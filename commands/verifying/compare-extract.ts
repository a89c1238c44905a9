import type { CommandContext } from '../../src/command.ts';
import type { Plan, PlannedService } from '../../src/domain/plan.ts';
import { type Difference, expected, reconcileExtract } from '../../src/domain/reconcile.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { refuseDeleted } from '../services.ts';
import { migrationOf } from './plan-of.ts';
import { freshExtract } from './reconcile-file.ts';

/**
 * Sets every service against the newest extract (rule 26), keeps what differs and that it was compared. Refuses "no-fresh-extract"
 * where there is none of after the run.
 */
export async function compareExtract(
  ctx: CommandContext,
  plan: Plan,
): Promise<{ readonly snapshot: number; readonly asPlanned: number; readonly differences: readonly Difference[] }> {
  const fresh = await freshExtract(ctx, plan);
  if (fresh === null) {
    throw new Refusal(
      'no-fresh-extract',
      'There is no extract of after the run yet. Download the next EBSX05 and import it, then compare.',
      { remedy: [next('Import an extract', 'import')] },
    );
  }
  const own = await ctx.store.snapshots.byId(plan.snapshotId);
  if (own) refuseDeleted(own, migrationOf(ctx).zone);
  const { asPlanned, differences } = reconcileExtract(
    expected(plan.state, await ctx.store.plans.services(plan.id)),
    await ctx.store.snapshots.services(plan.snapshotId),
    await ctx.store.snapshots.services(fresh.id),
    await movedByOthers(ctx, plan),
  );
  const at = ctx.now.toString();
  await ctx.store.reconcile.found(plan.id, `snapshot ${fresh.number}`, differences, at);
  const came = { asPlanned, differences: differences.length };
  await ctx.store.reconcile.compared(plan.id, fresh.id, came, ctx.person.id, at);
  ctx.record({
    act: 'reconcile.extract',
    about: `plan:${plan.id}`,
    facts: {
      snapshot: fresh.number,
      asPlanned,
      differences: differences.map(({ serviceId, kind }) => ({ serviceId, kind })),
    },
  });
  return { snapshot: fresh.number, asPlanned, differences };
}

/** What other plans of the migration moved is not "changed though not planned". */
async function movedByOthers(ctx: CommandContext, plan: Plan): Promise<readonly PlannedService[]> {
  const others = (await ctx.store.plans.list(plan.migrationId)).filter(
    ({ id, kind }) => id !== plan.id && kind === 'plan',
  );
  const moved: PlannedService[] = [];
  for (const { id } of others) {
    if ((await ctx.store.runs.ofPlan(id)).length > 0) moved.push(...(await ctx.store.plans.services(id)));
  }
  return moved;
}
