import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import type { ServiceDifference } from '../src/domain/extract.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { comparePlan } from './plan/compare-plan.ts';
import { comparisonPage } from './plan/pages.ts';
import { snapshotFacts, snapshotOr } from './services.ts';

const SHOWN = 10;
const LISTED = 5_000;

export const command = defineCommand({
  verb: 'compare',
  summary: 'What differs between two imports, a plan and the newest import, or two plans',
  examples: ['/bsu compare', '/bsu compare 1 2', '/bsu compare plan=3', '/bsu compare plan=3 with=4'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    from: z.coerce.number().int().positive().optional().meta({ label: 'Earlier snapshot', word: '\\d{1,6}' }),
    to: z.coerce.number().int().positive().optional().meta({ label: 'Later snapshot', word: '\\d{1,6}' }),
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan' }),
    with: z.coerce.number().int().positive().optional().meta({ label: 'Other plan' }),
    all: z.enum(['yes']).optional().meta({ label: 'Every row', form: 'never', flag: true }),
  }),
  async run(ctx, input) {
    const all = input.all === 'yes';
    if (input.plan !== undefined) return comparePlan(ctx, { number: input.plan, other: input.with, all });
    const to = await snapshotOr(ctx, input.to);
    const from = await snapshotOr(ctx, input.from ?? (to.number > 1 ? to.number - 1 : undefined));
    if (from.id === to.id) {
      throw new Refusal(
        'one-snapshot',
        `There is only snapshot ${to.number} to look at. Import another, then compare.`,
        {
          remedy: [next('What is in it', 'services'), next('Import a file', 'import')],
        },
      );
    }
    const found = await ctx.store.comparisons.between(from.id, to.id, LISTED);
    return answer(
      'compared',
      {
        from: snapshotFacts(ctx, from),
        to: snapshotFacts(ctx, to),
        added: found.added,
        removed: found.removed,
        changed: found.changed,
        unchanged: found.unchanged,
        fields: fieldCounts(found.rows),
        first: all ? found.rows : found.rows.slice(0, SHOWN),
      },
      {
        next: [next('What is in it', 'services')],
        pages: found.rows.length > 0 ? [comparisonPage(to.migrationId, { imports: [from.number, to.number] })] : [],
        files: [{ name: `compare-${from.number}-${to.number}.csv`, mediaType: 'text/csv', text: fileOf(found.rows) }],
      },
    );
  },
});

function fieldCounts(rows: readonly ServiceDifference[]): readonly { field: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { field } of rows.flatMap((row) => row.changes)) counts.set(field, (counts.get(field) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([field, count]) => ({ field, count }));
}

function fileOf(rows: readonly ServiceDifference[]): string {
  return csvText(
    ['SERVICE_ID', 'SERVICE_NAME', 'LOCATION_ORG_ID', 'what', 'field', 'before', 'after'],
    rows.flatMap((row) =>
      row.changes.length === 0
        ? [[row.serviceId, row.name, row.site, row.what, null, null, null]]
        : row.changes.map((one) => [row.serviceId, row.name, row.site, row.what, one.field, one.from, one.to]),
    ),
  );
}
