import type { AnswerFile, CommandContext } from '../../src/command.ts';
import { goLiveDay } from '../../src/domain/asi-shown.ts';
import type { Snapshot } from '../../src/domain/extract.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { DIFFERENCE_WORDS, expected } from '../../src/domain/reconcile.ts';
import { asPlannedRows, ownerOf } from '../../src/domain/reconcile-shown.ts';
import { csvText } from '../../src/kernel/csv-text.ts';
import { migrationOf } from './plan-of.ts';

/** Every service of the plan, as planned or not, and what changed without being planned. */
export async function reconcileFile(ctx: CommandContext, plan: Plan): Promise<AnswerFile> {
  const all = await ctx.store.reconcile.differences(plan.id);
  const readings = new Map((await ctx.store.reconcile.readings(plan.id)).map((one) => [one.serviceId, one]));
  const differs = new Set(all.map(({ serviceId }) => serviceId));
  const owners = await ctx.store.findings.owners(plan.id, 'difference');
  const fresh = await freshExtract(ctx, plan);
  const services = expected(plan.state, await ctx.store.plans.services(plan.id)).filter(
    (one) => !differs.has(one.serviceId),
  );
  const rows = [
    ...all.map((one) => [
      one.serviceId,
      one.name,
      one.site,
      DIFFERENCE_WORDS[one.kind],
      one.detail,
      one.source,
      ownerOf(one, owners),
      one.settled?.note ?? null,
    ]),
    ...asPlannedRows(
      services,
      readings,
      fresh === null ? null : { ...fresh, found: await ctx.store.snapshots.services(fresh.id) },
    ),
  ];
  const header = ['SERVICE_ID', 'SERVICE_NAME', 'LOCATION_ORG_ID', 'what', 'detail', 'found in', 'owner', 'settled'];
  return { name: `reconcile-plan-${plan.number}.csv`, mediaType: 'text/csv', text: csvText(header, rows) };
}

/** The newest extract, where it is of after the plan's last change; else null. */
export async function freshExtract(ctx: CommandContext, plan: Plan): Promise<Snapshot | null> {
  const newest = await ctx.store.snapshots.current(plan.migrationId);
  const live = await ctx.store.after.wentLive(plan.id);
  const changed = goLiveDay(live?.until ?? null, migrationOf(ctx).zone);
  if (newest === null || changed === null || newest.id === plan.snapshotId) return null;
  return newest.taken < changed.toString() ? null : newest;
}
