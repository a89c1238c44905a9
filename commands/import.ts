import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { extractAgeInDays, FILE_KIND_WORDS, FILE_KINDS } from '../src/domain/extract.ts';
import type { FlawCount, ImportedFacts } from '../src/domain/extract-answers.ts';
import { FLAW_FILE_HEADER, FLAWS, type FlawCode, flawRow, severityOf } from '../src/domain/extract-flaw.ts';
import type { StagedFile } from '../src/domain/extract-staged.ts';
import { CONTACT_FIELDS } from '../src/domain/gaps.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { type Next, next, Refusal } from '../src/kernel/errors.ts';

/** As many rows as a spreadsheet shows without pain; the rest is counted. */
const FLAWS_LISTED = 5_000;

export const command = defineCommand({
  verb: 'import',
  summary: 'Read a file: the services extract, a supplement to it, an ODS list, or recipients',
  examples: ['/bsu import taken=2026-10-31', '/bsu import recipients'],
  who: ['planner'],
  menu: 'team',
  needsMigration: true,
  input: z.object({
    file: z.string().meta({ label: 'CSV file', field: 'file', word: 'file-[a-p]{32}' }),
    kind: z
      .enum(FILE_KINDS)
      .optional()
      .meta({
        label: 'What it is',
        hint: 'Leave this as it is to let the first line of the file decide',
        field: 'choice',
        options: FILE_KINDS.map((value) => ({ value, label: FILE_KIND_WORDS[value] })),
        word: FILE_KINDS.join('|'),
        form: 'ask',
      }),
    taken: z.iso.date('Write the day as 2026-10-31.').optional().meta({
      label: 'Last day of the month that an extract shows',
      hint: 'For example 2026-10-31. Not needed for other files',
      field: 'date',
      word: '\\d{4}-\\d{2}-\\d{2}',
      form: 'ask',
    }),
  }),
  prepare(ctx, input) {
    if (!ctx.migration) throw new Refusal('no-migration', 'Import in the channel of a migration.');
    return ctx.intake.load({
      migrationId: ctx.migration.id,
      personId: ctx.person.id,
      fileRef: input.file,
      kind: input.kind ?? '',
      taken: input.taken ?? null,
      now: ctx.now,
    });
  },
  async run(ctx, input, staged) {
    const file = staged ? await ctx.store.staging.file(staged.snapshotId) : null;
    if (!file) throw new Refusal('file-gone', 'The file was read too long ago. Send it again.');
    const outcome = await settle(ctx, file, input.taken ?? null);
    const published = (await ctx.store.staging.file(file.id)) ?? file;
    const flaws = outcome === 'known' ? [] : await ctx.store.staging.flaws(file.id, FLAWS_LISTED);
    const facts = await factsOf(ctx, published, outcome, flaws.length);
    const files =
      flaws.length === 0
        ? []
        : [{ name: 'what-to-correct.csv', mediaType: 'text/csv', text: csvText(FLAW_FILE_HEADER, flaws.map(flawRow)) }];
    return answer('imported', facts, { next: [...(await toCompare(ctx, facts)), ...nextOf(facts)], files });
  },
});

/** Publishes what was read, or finds that there is nothing to change (rule 3). */
async function settle(ctx: CommandContext, file: StagedFile, taken: string | null): Promise<ImportedFacts['outcome']> {
  if (file.status === 'published') {
    if (file.kind !== 'extract' || taken === null || taken === file.taken) return 'known';
    await ctx.store.staging.redate(file.id, taken);
    ctx.record({ act: 'extract.redated', about: `snapshot:${file.number}`, facts: { from: file.taken, to: taken } });
    return 'redated';
  }
  const published = await ctx.store.staging.publish(file.id, ctx.now.toString());
  if (published === 'known') return 'known';
  if (published === 'base-moved') {
    throw new Refusal('extract-moved', 'Another extract was imported while this supplement was read. Send it again.');
  }
  if (file.kind === 'recipients') {
    const rows = await ctx.store.staging.takeRecipients(file.id);
    await ctx.store.recipients.load(file.migrationId, rows, file.fileName.replace(/\.csv$/i, ''));
  }
  const { number } = (await ctx.store.staging.file(file.id)) ?? file;
  ctx.record({
    act: 'imported',
    about: number === null ? `${file.kind}:${file.id}` : `snapshot:${number}`,
    facts: {
      kind: file.kind,
      file: file.sha256,
      taken: file.taken,
      kept: file.services,
      errors: file.errors,
      warnings: file.warnings,
    },
    hash: file.sha256,
  });
  return 'imported';
}

async function factsOf(
  ctx: CommandContext,
  file: StagedFile,
  outcome: ImportedFacts['outcome'],
  listed: number,
): Promise<ImportedFacts> {
  const zone = ctx.migration?.zone ?? 'Europe/London';
  const base = file.baseId === null ? null : await ctx.store.snapshots.byId(file.baseId);
  const numbered = file.number !== null;
  return {
    kind: file.kind,
    kindWords: FILE_KIND_WORDS[file.kind],
    fileName: file.fileName,
    outcome,
    number: file.number,
    baseNumber: base?.number ?? null,
    taken: file.taken,
    ageDays: file.taken === null ? null : extractAgeInDays(file.taken, ctx.now, zone),
    limitDays: ctx.migration?.settings.extractValidDays ?? 45,
    read: file.rowsRead,
    kept: file.services,
    elsewhere: file.elsewhere,
    errors: file.errors,
    warnings: file.warnings,
    flaws: flawCounts(file),
    listed,
    unknownColumns: numbered
      ? CONTACT_FIELDS.map((field) => field.column).filter((column) => !file.columns.includes(column))
      : [],
  };
}

function flawCounts(file: StagedFile): readonly FlawCount[] {
  const counts = Object.entries(file.flawCounts) as [FlawCode, number][];
  return counts
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => ({
      code,
      count,
      effect: severityOf(code) === 'error' ? 'left out' : 'warning',
      wrong: FLAWS[code].wrong,
    }));
}

/** A new extract that shows the run of a plan is compared with it (rule 26). */
async function toCompare(ctx: CommandContext, { kind, outcome }: ImportedFacts): Promise<readonly Next[]> {
  if (kind !== 'extract' || outcome === 'known' || !ctx.migration) return [];
  const wanted = await ctx.store.extractsDue.open(ctx.now, ctx.migration.id);
  const plans = await Promise.all(
    wanted.filter(({ due }) => due === 'compare').map(({ planId }) => ctx.store.plans.byId(planId)),
  );
  return plans.flatMap((plan) =>
    plan === null
      ? []
      : [next(`Compare it with plan ${plan.number}`, 'reconcile', { what: 'extract', plan: String(plan.number) })],
  );
}

function nextOf(facts: ImportedFacts): readonly Next[] {
  if (facts.number === null) return facts.kind === 'recipients' ? [next('See the recipients', 'recipients')] : [];
  return [next('See what the bulk tool would fail on', 'gaps'), next('Plan a selection', 'plan')];
}
