import { type Answer, answer, type CommandContext } from '../../src/command.ts';
import type { AnswerPage } from '../../src/domain/page-link.ts';
import {
  PLAN_DIFFERENCES,
  type PlanDifference,
  planAgainstImport,
  planAgainstPlan,
} from '../../src/domain/plan-comparison.ts';
import { isBeforeRun } from '../../src/domain/plan-state.ts';
import { csvText } from '../../src/kernel/csv-text.ts';
import { type Next, next, Refusal } from '../../src/kernel/errors.ts';
import { migrationOf, planNamed } from './on-plan.ts';
import { comparisonPage } from './pages.ts';

const SHOWN = 10;

/** A plan against another plan, or against the newest import; `all`: with every row. */
export async function comparePlan(
  ctx: CommandContext,
  { number, other, all }: { number: number; other: number | undefined; all: boolean },
): Promise<Answer> {
  const plan = await planNamed(ctx, number);
  const planned = await ctx.store.plans.services(plan.id);
  const page = comparisonPage(migrationOf(ctx).id, { plan: plan.number, with: other });
  const show = next('Show the plan', 'show', { plan: String(plan.number) });
  if (other !== undefined) {
    const second = await planNamed(ctx, other);
    const rows = planAgainstPlan(planned, await ctx.store.plans.services(second.id));
    const against = { kind: 'plan', number: other } as const;
    return compared({ number, against, services: planned.length, rows, all, page }, [show]);
  }
  const snapshot = await ctx.store.snapshots.current(migrationOf(ctx).id);
  if (!snapshot) {
    throw new Refusal('no-extract', 'There is no extract to compare with.', { remedy: [next('Import', 'import')] });
  }
  const ids = planned.map(({ serviceId }) => serviceId);
  const pool = await ctx.store.plans.pool(snapshot.id, plan.selection);
  const services = new Map(
    [...pool, ...(await ctx.store.snapshots.services(snapshot.id, { ids }))].map((one) => [one.serviceId, one]),
  );
  const rows = planAgainstImport(planned, [...services.values()], plan.selection);
  const refresh = next('Take the changes in', 'plan', { plan: String(plan.number), refresh: 'yes' });
  return compared(
    { number, against: { kind: 'import', number: snapshot.number }, services: planned.length, rows, all, page },
    rows.length > 0 && isBeforeRun(plan.state) ? [refresh, show] : [show],
  );
}

function compared(
  found: {
    number: number;
    against: { kind: 'import' | 'plan'; number: number };
    services: number;
    rows: readonly PlanDifference[];
    all: boolean;
    page: AnswerPage;
  },
  steps: readonly Next[],
): Answer {
  const { rows, all, page, ...head } = found;
  const counts = PLAN_DIFFERENCES.map((what) => ({ what, count: rows.filter((row) => row.what === what).length }));
  return answer(
    'plan.compared',
    { ...head, counts: counts.filter(({ count }) => count > 0), first: all ? rows : rows.slice(0, SHOWN) },
    {
      next: steps,
      pages: rows.length > 0 ? [page] : [],
      files: [
        {
          name: `plan-${head.number}-against-${head.against.kind}-${head.against.number}.csv`,
          mediaType: 'text/csv',
          text: csvText(
            ['service id', 'name', 'site', 'what', 'detail'],
            rows.map(({ serviceId, name, site, what, detail }) => [serviceId, name, site, what, detail]),
          ),
        },
      ],
    },
  );
}
