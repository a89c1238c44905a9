import { z } from 'zod';
import { type CommandContext, defineCommand, type LookedAt, type PrepareContext } from '../src/command.ts';
import { CHECKLIST, type ChecklistItem } from '../src/domain/checklist.ts';
import { findPatientData } from '../src/domain/patient-data.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { ROLE_WORDS } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './plan/on-plan.ts';
import { mayTick, showChecklist } from './plan/show-checklist.ts';

const BIGGEST_EVIDENCE = 20_000_000;
const BY_HAND = CHECKLIST.filter((item) => item.byHand);
const KEY = `(?:${CHECKLIST.map(({ key }) => key).join('|')}|own-\\d{1,3})`;

export const command = defineCommand({
  verb: 'checklist',
  summary: 'The operational considerations: what is done, by whom, and what stands before the next step',
  examples: ['/bsu checklist', '/bsu checklist stakeholders board minutes of 3 November'],
  who: 'member',
  menu: 'team',
  needsMigration: true,
  input: z
    .object({
      item: z
        .string()
        .optional()
        .meta({
          label: 'Item',
          field: 'choices',
          options: BY_HAND.map(({ key, title }) => ({ value: key, label: title })),
          word: `${KEY}(?:,${KEY})*`,
        }),
      evidence: z.string().min(3).max(500).optional().meta({
        label: 'Evidence',
        hint: 'Who, when, where it can be found. No patient data',
        field: 'long-text',
        rest: true,
      }),
      file: z.string().optional().meta({
        label: 'A file that shows it',
        hint: 'Its name, size and fingerprint are noted. The file itself stays where you keep it. No patient data',
        field: 'file',
        form: 'ask',
        word: 'file-[a-p]{32}',
      }),
      plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number' }),
    })
    .refine(({ item, evidence, file }) => item === undefined || (evidence ?? file) !== undefined, {
      path: ['evidence'],
      params: { oneOf: true },
      error: 'Say what shows that it is done.',
    }),
  async choices(ctx) {
    const own = await ctx.store.checklistItems.own(migrationOf(ctx).id);
    return { item: [...BY_HAND, ...own].map(({ key, title }) => ({ value: key, label: title })) };
  },
  prepare: lookAtFile,
  async run(ctx, input, file) {
    if (input.item === undefined) return showChecklist(ctx, input.plan);
    const items = input.item.split(/[\s,]+/).filter((key) => key !== '');
    const all = [...CHECKLIST, ...(await ctx.store.checklistItems.own(migrationOf(ctx).id))];
    for (const key of items) await tick(ctx, itemFor(ctx, all, key), input.evidence ?? null, file ?? null);
    for (const each of await ctx.store.plans.list(migrationOf(ctx).id))
      if (isLive(each.state)) ctx.touch(`plan:${each.id}`);
    return showChecklist(ctx, input.plan);
  },
});

/** The evidence's file, looked through for patient data before anything is stored; null where none was sent. */
async function lookAtFile(ctx: PrepareContext, input: { readonly file?: string | undefined }) {
  if (input.file === undefined) return null;
  const file = await ctx.intake.look(input.file, BIGGEST_EVIDENCE);
  const own = new Set([...(ctx.migration?.oldAsids ?? []), ctx.migration?.newAsid ?? '']);
  if (!findPatientData(file.name, own) && !findPatientData(file.text ?? '', own)) return file;
  const what =
    'The file, or its name, looks as if it held patient data. Send one without, or say where it can be found.';
  throw new Refusal('patient-data', `${what} Nothing was stored.`, { fields: { file: what } });
}

/** "minutes.pdf (12,345 bytes, sha256 ab…), which stays where it was sent". */
function fileInWords({ name, size, sha256, text }: LookedAt): string {
  const looked = text === null ? '; no text, so nobody looked into it for patient data' : '';
  return `file ${name} (${size.toLocaleString('en-GB')} bytes, sha256 ${sha256}), which stays where it was sent${looked}`;
}

async function tick(
  ctx: CommandContext,
  item: ChecklistItem,
  said: string | null,
  file: LookedAt | null,
): Promise<void> {
  const migration = migrationOf(ctx);
  const evidence = [said, file === null ? null : fileInWords(file)].filter((part) => part !== null).join('; ');
  await ctx.store.checklist.set(migration.id, {
    key: item.key,
    personId: ctx.person.id,
    at: ctx.now.toString(),
    evidence,
    target: migration.newAsid,
    practicePlanId: null,
  });
  ctx.record({
    act: 'checklist.ticked',
    about: `checklist:${item.key}`,
    facts: {
      evidence,
      target: migration.newAsid,
      ...(file === null ? {} : { file: file.name, bytes: file.size, sha256: file.sha256 }),
    },
  });
}

/** The item that the asker may tick: their own, or any of them for the e-RS lead. */
function itemFor(ctx: CommandContext, all: readonly ChecklistItem[], key: string): ChecklistItem {
  const item = all.find((one) => one.key === key.toLowerCase());
  if (!item) {
    throw new Refusal('no-item', `There is no item "${key}" on the checklist.`, {
      remedy: [next('Checklist', 'checklist')],
    });
  }
  if (!item.byHand) {
    throw new Refusal('item-is-found', `"${item.title}" is found in the data and cannot be ticked. ${item.evidence}.`, {
      remedy: [next('Checklist', 'checklist')],
    });
  }
  if (mayTick(ctx, item)) return item;
  throw new Refusal(
    'not-the-owner',
    `"${item.title}" is ticked by its owner, the ${ROLE_WORDS[item.owner]}, or by the e-RS lead.`,
    {
      remedy: [next('Who is who', 'people')],
    },
  );
}
