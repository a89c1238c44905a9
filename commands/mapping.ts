import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { commissionersOn } from '../src/domain/audience.ts';
import { type CommissionerLine, mapCoverage, type ReadCommissionerMap } from '../src/domain/commissioner-map.ts';
import { FLAW_FILE_HEADER, flawRow } from '../src/domain/extract-flaw.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './notices/of-migration.ts';

const code = (label: string) =>
  z
    .string()
    .trim()
    .transform((word) => word.toUpperCase())
    .pipe(z.string().regex(/^[A-Z0-9]{1,9}$/, 'Write an ODS code: 1 to 9 letters and digits.'))
    .optional()
    .meta({ label, field: 'text' });

const input = z
  .object({
    file: z
      .string()
      .optional()
      .meta({ label: 'Table as CSV: code,commissioner,from,to,source', field: 'file', word: 'file-[a-p]{32}' }),
    code: code('Code in the practice file, or of a board that was merged'),
    commissioner: code('Commissioner that it stands for'),
    from: z.iso.date('Write the day as 2026-04-01.').optional().meta({ label: 'From this day on', field: 'date' }),
    source: z.string().trim().min(5).max(300).optional().meta({ label: 'Where this is written', field: 'text' }),
  })
  .superRefine((given, check) => {
    if (given.code === undefined && given.commissioner === undefined) return;
    for (const name of ['code', 'commissioner', 'source'] as const) {
      if (given[name] === undefined) check.addIssue({ code: 'custom', path: [name], message: 'This is needed.' });
    }
  });

export const command = defineCommand<typeof input, ReadCommissionerMap | null>({
  verb: 'mapping',
  summary: 'Which commissioner the older codes of the practice file stand for today',
  examples: [
    '/bsu mapping',
    'bsu mapping commissioners-today.csv',
    '/bsu mapping code=15E commissioner=QHL from=2026-04-01 source="ODS change notice of March 2026"',
  ],
  who: ['communications-lead', 'e-rs-lead', 'planner'],
  menu: 'none',
  needsMigration: true,
  input,
  prepare: (ctx, { file }) => (file === undefined ? Promise.resolve(null) : ctx.intake.commissionerMap(file)),
  async run(ctx, given, read) {
    const flaws = read?.flaws ?? [];
    if (read) await load(ctx, read);
    else if (given.code !== undefined && given.commissioner !== undefined && given.source !== undefined) {
      const { code: older, commissioner, source } = given;
      await add(ctx, { code: older, commissioner, from: given.from ?? null, to: null, source });
    }
    return shown(ctx, read ? read.lines.length : null, flaws);
  },
});

async function load(ctx: CommandContext, { lines, flaws }: ReadCommissionerMap): Promise<void> {
  if (lines.length === 0) {
    throw new Refusal('nothing-usable', 'No line of this table can be used, so the table stays as it is.', {
      remedy: [next('Show the table', 'mapping')],
      facts: { flaws: flaws.length },
    });
  }
  const { id } = migrationOf(ctx);
  await ctx.store.commissionerMap.load(id, lines, ctx.person.id, ctx.now.toString());
  record(ctx, { lines: lines.length, leftOut: flaws.length });
}

async function add(ctx: CommandContext, line: CommissionerLine): Promise<void> {
  await ctx.store.commissionerMap.add(migrationOf(ctx).id, line, ctx.person.id, ctx.now.toString());
  record(ctx, { ...line });
}

function record(ctx: CommandContext, facts: Readonly<Record<string, unknown>>): void {
  ctx.record({ act: 'audience.mapping-changed', about: `migration:${migrationOf(ctx).id}`, facts });
}

async function shown(ctx: CommandContext, kept: number | null, flaws: ReadCommissionerMap['flaws']): Promise<Answer> {
  const { id, zone } = migrationOf(ctx);
  const day = ctx.now.toZonedDateTimeISO(zone).toPlainDate().toString();
  const lines = await ctx.store.commissionerMap.lines(id);
  const codes = await ctx.store.commissionerMap.codes(id);
  const coverage = mapCoverage(codes, lines, commissionersOn(await ctx.store.recipients.listed(id), day), day);
  const table = [
    ...coverage.listed.map((one) => [one.code, one.practices, one.commissioner, 'told']),
    ...coverage.notListed.map((one) => [one.code, one.practices, one.commissioner, 'not told: not on the list today']),
    ...coverage.unmapped.map((one) => [one.code, one.practices, '', 'not told: no line for this code']),
  ];
  return answer(
    'mapping.shown',
    {
      lines: lines.length,
      kept,
      wrong: flaws.length,
      day,
      codes: codes.length,
      listed: sumOf(coverage.listed),
      notListed: sumOf(coverage.notListed),
      unmapped: { ...sumOf(coverage.unmapped), first: coverage.unmapped.slice(0, 10) },
      sources: [...new Set(lines.map((line) => line.source))].slice(0, 5),
    },
    {
      next: [
        next('See the recipients', 'recipients'),
        ...(codes.length === 0 ? [next('Import epraccur', 'import')] : []),
      ],
      files: [
        ...(flaws.length > 0
          ? [
              {
                name: 'what-to-correct.csv',
                mediaType: 'text/csv',
                text: csvText(FLAW_FILE_HEADER, flaws.map(flawRow)),
              },
            ]
          : []),
        ...(table.length > 0
          ? [
              {
                name: 'codes-today.csv',
                mediaType: 'text/csv',
                text: csvText(['code in the practice file', 'practices', 'commissioner today', 'what follows'], table),
              },
            ]
          : []),
      ],
    },
  );
}

function sumOf(codes: readonly { readonly practices: number }[]): { codes: number; practices: number } {
  return { codes: codes.length, practices: codes.reduce((sum, one) => sum + one.practices, 0) };
}
