import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { KIND_RULES, NOTICE_KINDS } from '../src/domain/notice.ts';
import type { WordingFacts } from '../src/domain/notice-answers.ts';
import { fixedTimes } from '../src/domain/notice-fixed-times.ts';
import type { WelshRow } from '../src/domain/notice-welsh-check.ts';
import type { WordingEntry, WordingName } from '../src/domain/notice-wording.ts';
import { fieldsOf, VARIABLES, WORDING_FIELDS, wordingField, wordingOf } from '../src/domain/notice-wording.ts';
import { sha256 } from '../src/kernel/canonical.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { inputsChanged, migrationOf } from './notices/of-migration.ts';
import { isAboutWelsh, refuseUnlessWriter, welshVerb } from './notices/welsh.ts';

const text = (name: WordingName) => {
  const { label, hint, standard } = wordingField(name);
  return z
    .string()
    .trim()
    .max(2000, 'Keep it under 2,000 letters: readers have 10 seconds.')
    .optional()
    .meta({ label, hint: standard === null ? hint : `${hint}. Ours, if left out: ${standard}`, field: 'long-text' });
};

const input = z
  .object({
    kind: z
      .enum(['all', ...NOTICE_KINDS])
      .default('all')
      .meta({ label: 'For which kind of notice', word: ['all', ...NOTICE_KINDS].join('|') }),
    what: z
      .enum(['fill', 'welsh', 'upload', 'bilingual'])
      .optional()
      .meta({ label: 'What', word: 'fill|welsh|upload|bilingual', form: 'never' }),
    file: z
      .string()
      .optional()
      .meta({ label: 'The file of Welsh words, filled in', field: 'file', word: 'file-[a-p]{32}' }),
    english: z
      .string()
      .trim()
      .min(5, 'Write why, at least 5 letters.')
      .max(300)
      .optional()
      .meta({ label: 'Why those marked for Welsh get English only', field: 'text' }),
    cancer: text('cancer'),
    contactPhone: text('contactPhone'),
    contactEmail: text('contactEmail'),
    contactHours: text('contactHours'),
    patientContact: text('patientContact'),
    continuity: text('continuity'),
    nextUpdate: text('nextUpdate'),
    urgent: text('urgent'),
    routine: text('routine'),
    works: text('works'),
    stops: text('stops'),
    update: text('update'),
  })
  .superRefine((given, check) => {
    if (given.what === 'upload' && given.file === undefined) {
      check.addIssue({ code: 'custom', path: ['file'], message: 'Choose the file.' });
    }
    if (given.what !== 'fill') return;
    for (const field of WORDING_FIELDS) {
      if (field.standard !== null || field.name === 'update' || given[field.name] !== undefined) continue;
      check.addIssue({ code: 'custom', path: [field.name], message: 'This is needed.' });
    }
  });

export const command = defineCommand<typeof input, readonly WelshRow[] | null>({
  verb: 'wording',
  summary: 'The texts of the notices that only your team can write',
  examples: [
    '/bsu wording',
    '/bsu wording fill',
    '/bsu wording contactPhone="01632 960 100" contactHours="8am to 11:30pm"',
    '/bsu wording completed patientContact="We have telephoned all patients."',
    '/bsu wording welsh',
    'bsu wording welsh notices-welsh.csv',
    '/bsu wording welsh english="the translators answer on Friday"',
    '/bsu wording bilingual',
  ],
  who: ['communications-lead', 'e-rs-lead', 'clinical-safety-officer', 'approver', 'planner'],
  menu: 'none',
  needsMigration: true,
  input,
  prepare: (ctx, { file }) => (file === undefined ? Promise.resolve(null) : ctx.intake.welshWords(file)),
  async run(ctx, given, rows) {
    const migration = migrationOf(ctx);
    if (isAboutWelsh(given)) return welshVerb(ctx, given, rows ?? null);
    const entries = WORDING_FIELDS.flatMap(({ name }): WordingEntry[] => {
      const words = given[name];
      return words === undefined ? [] : [{ kind: given.kind, field: name, text: words }];
    });
    if (entries.length > 0) await save(ctx, entries);
    const facts = wordingFacts(given.kind, await ctx.store.notices.wording(migration.id), entries);
    return answer('wording.shown', facts, {
      next: [
        ...(facts.fields.some((field) => field.source === 'missing')
          ? [next('Write what is missing', 'wording', { what: 'fill' })]
          : []),
        // Words in Welsh stand for one English: after a change of it somebody has to look at them again.
        ...(entries.length > 0 && (await ctx.store.welsh.list(migration.id)).length > 0
          ? [next('The Welsh words', 'wording', { what: 'welsh' })]
          : []),
        next('Preview the planned notice', 'preview', { kind: 'planned' }),
      ],
    });
  },
});

async function save(ctx: CommandContext, entries: readonly WordingEntry[]): Promise<void> {
  const migration = migrationOf(ctx);
  refuseUnlessWriter(ctx);
  refuseUnknownVariables(entries);
  await ctx.store.notices.setWording(migration.id, entries, ctx.person.id, ctx.now.toString());
  for (const { kind, field, text: to } of entries) {
    ctx.record({
      act: 'wording.changed',
      about: `migration:${migration.id}`,
      facts: { kind, field },
      hash: sha256(to),
    });
  }
  await inputsChanged(ctx, 'changed the wording of the notices');
}

/** Found when it is written, not when the notice is to go out. */
function refuseUnknownVariables(entries: readonly WordingEntry[]): void {
  const anything = Object.fromEntries(VARIABLES.map((name) => [name, 'x'])) as Record<
    (typeof VARIABLES)[number],
    string
  >;
  const faults = entries.flatMap((entry) => {
    const own = wordingOf('planned', [{ ...entry, kind: 'planned', field: 'cancer' }], anything).faults;
    return own.filter((fault) => fault.field === 'cancer').map((fault) => [entry.field, fault.problem] as const);
  });
  if (faults.length === 0) return;
  throw new Refusal('unknown-variable', faults.map(([, problem]) => problem).join(' '), {
    fields: Object.fromEntries(faults),
    remedy: [next('Show the wording', 'wording')],
  });
}

function wordingFacts(
  kind: WordingFacts['kind'],
  entries: readonly WordingEntry[],
  saved: readonly WordingEntry[],
): WordingFacts {
  const names = kind === 'all' ? fieldsOf('planned') : fieldsOf(kind);
  return {
    kind,
    what: kind === 'all' ? 'all notices' : KIND_RULES[kind].words,
    fields: names.map((name) => {
      const { label, hint, standard } = wordingField(name);
      const own = entries.find((entry) => entry.field === name && entry.kind === kind);
      const found = own ?? entries.find((entry) => entry.field === name && entry.kind === 'all');
      const source = found ? 'written' : standard === null ? 'missing' : 'standard';
      return { name, label, hint, text: found?.text ?? standard, source };
    }),
    saved: saved.map((entry) => wordingField(entry.field).label),
    fixedTimes: fixedTimes(kind, entries),
    variables: VARIABLES.map((name) => `{${name}}`),
  };
}
