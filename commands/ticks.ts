import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import type { TickSheet } from '../src/domain/tick-sheet.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { migrationOf, planNamed } from './plan/on-plan.ts';
import { tickSheetOf } from './plan/tick-sheet-of.ts';

export const command = defineCommand({
  verb: 'ticks',
  summary: 'What to tick on the e-RS screen, grouped and counted as the screen is',
  examples: ['/bsu ticks', '/bsu ticks 12'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number', word: '\\d{1,6}' }),
  }),
  async run(ctx, input) {
    const plan = await planNamed(ctx, input.plan);
    const sheet = await tickSheetOf(ctx, plan);
    const codes = sheet.organisations.flatMap(({ organisation, sites }) => [
      organisation,
      ...sites.map(({ site }) => site),
    ]);
    const names = await ctx.store.organisations.names(migrationOf(ctx).id, codes);
    return answer(
      'plan.ticks',
      { number: plan.number, sheet, names: Object.fromEntries(names) },
      { files: [{ name: `plan-${plan.number}-ticks.csv`, mediaType: 'text/csv', text: sheetFile(sheet) }] },
    );
  },
});

function sheetFile(sheet: TickSheet): string {
  const rows = sheet.organisations.flatMap(({ organisation, sites }) =>
    sites.flatMap(({ site, services, whole }) =>
      services.map(({ serviceId, name }) => [
        '',
        organisation,
        site,
        serviceId,
        name,
        whole ? 'by the tick of its site' : '',
      ]),
    ),
  );
  return csvText(['ticked', 'organisation', 'site', 'service id', 'name', 'remark'], rows);
}
