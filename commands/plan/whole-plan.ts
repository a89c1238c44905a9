import { type Answer, answer, type CommandContext } from '../../src/command.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { type PlanDiff, planDiff } from '../../src/domain/plan-diff.ts';
import { wholePlan } from '../../src/domain/plan-whole.ts';
import { selectionInWords } from '../../src/domain/selection-words.ts';
import { refuseDeleted } from '../services.ts';
import type { DraftInput } from './draft-input.ts';
import type { Draft } from './draft-of.ts';
import { migrationOf } from './on-plan.ts';
import { planPage } from './pages.ts';
import { diffFacts } from './show-diff.ts';

/** Every service of a difference that is not saved yet. */
export async function wholeDraft(ctx: CommandContext, draft: Draft, input: DraftInput): Promise<Answer> {
  const facts = await diffFacts(ctx, draft, input);
  return answer('plan.difference', { diff: facts, ...(await everything(ctx, draft.diff, draft.verification)) });
}

/** Every service of a saved plan, with what its selection met that the plan does not hold. */
export async function wholeSavedPlan(ctx: CommandContext, plan: Plan): Promise<Answer> {
  const migration = migrationOf(ctx);
  const snapshot = await ctx.store.snapshots.byId(plan.snapshotId);
  if (snapshot) refuseDeleted(snapshot, migration.zone);
  const services = await ctx.store.plans.services(plan.id);
  const pool = await ctx.store.plans.pool(plan.snapshotId, plan.selection);
  const ids = pool.map(({ serviceId }) => serviceId);
  const judged = planDiff(pool, plan.selection, {
    target: plan.target,
    oldAsids: migration.oldAsids,
    goLive: migration.outage ? Temporal.Instant.from(migration.outage.to) : null,
    zone: migration.zone,
    held: await ctx.store.plans.held(ids, plan.id),
  });
  const saved = new Set(services.map(({ serviceId }) => serviceId));
  // Chosen and free today, but held elsewhere when the plan was saved: they stay behind like any sibling.
  const free = pool.filter(
    ({ serviceId }) => !saved.has(serviceId) && judged.services.some((one) => one.serviceId === serviceId),
  );
  const names = await ctx.store.organisations.names(migration.id, [
    ...plan.selection.sites,
    ...plan.selection.organisations,
  ]);
  return answer(
    'plan.whole',
    {
      plan: await ctx.store.plans.facts(plan.id, ctx.now, ctx.bankHolidays),
      words: selectionInWords(plan.selection, services.length, (code) => names.get(code) ?? code),
      snapshot: snapshot?.number ?? 0,
      ...(await everything(ctx, { ...judged, services, leftOut: [...judged.leftOut, ...free] }, plan.verification)),
    },
    { pages: [planPage(plan, services.length)] },
  );
}

async function everything(ctx: CommandContext, diff: PlanDiff, verification: readonly string[]) {
  const organisations = wholePlan(diff, verification, migrationOf(ctx).zone);
  const codes = organisations.flatMap(({ organisation, sites }) => [organisation, ...sites.map(({ site }) => site)]);
  const names = await ctx.store.organisations.names(migrationOf(ctx).id, [...new Set(codes)]);
  return { organisations, names: Object.fromEntries(names) };
}
