import { z } from 'zod';
import { type AnswerFile, answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Audience } from '../src/domain/audience.ts';
import { audienceCounts } from '../src/domain/audience.ts';
import { ADDRESS_FAULT_WORDS } from '../src/domain/recipient.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { inputsChanged, migrationOf } from './notices/of-migration.ts';

export const command = defineCommand({
  verb: 'recipients',
  summary: 'Who gets the notices, and why',
  examples: [
    '/bsu recipients',
    '/bsu recipients A81001',
    '/bsu recipients lists="practices, dentists"',
    '/bsu recipients practices="15E 15F"',
  ],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    code: z.string().optional().meta({ label: 'ODS code', word: '[A-Za-z0-9]{1,9}' }),
    lists: z.string().optional().meta({ label: 'Lists of referrers that count', hint: 'Names with commas, or "all"' }),
    practices: z
      .string()
      .optional()
      .meta({ label: 'Practices of these commissioner codes', hint: 'Codes of the practice file, or "none"' }),
  }),
  async run(ctx, input) {
    const migration = migrationOf(ctx);
    if (input.lists !== undefined || input.practices !== undefined) await changeRule(ctx, input);
    const rule = await ctx.store.recipients.rule(migration.id);
    const audience = await ctx.store.noticeDrafts.audience(migration, ctx.now);
    const asked = input.code?.toUpperCase();
    const found = audience.members.filter((one) => one.code === asked || (asked && one.also.includes(asked)));
    const lists = await ctx.store.recipients.lists(migration.id);
    return answer(
      'recipients.shown',
      {
        ...audienceCounts(audience.members),
        merged: audience.merged,
        notInEffect: audience.notInEffect,
        unread: audience.unread,
        lists: lists.map((one) => ({ ...one, chosen: rule.lists === null || rule.lists.includes(one.list) })),
        practicesOf: rule.practicesOf,
        asked: found.slice(0, 5).map((one) => ({
          code: one.code,
          name: one.name,
          kind: one.kind,
          email: one.email,
          why: one.why,
          problem: one.fault === null ? null : ADDRESS_FAULT_WORDS[one.fault],
        })),
        notFound: asked !== undefined && found.length === 0 ? asked : null,
      },
      {
        next: [next('Preview the planned notice', 'preview', { kind: 'planned' }), next('Upload a list', 'import')],
        ...(asked === undefined && audience.members.length > 0 ? { files: [audienceFile(audience)] } : {}),
      },
    );
  },
});

async function changeRule(ctx: CommandContext, input: { lists?: string | undefined; practices?: string | undefined }) {
  const migration = migrationOf(ctx);
  if (!ctx.roles.some((role) => role === 'communications-lead' || role === 'e-rs-lead')) {
    throw new Refusal('role', 'The communications lead decides who gets the notices. Ask them.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  const before = await ctx.store.recipients.rule(migration.id);
  const rule = {
    lists: input.lists === undefined ? before.lists : await chosenLists(ctx, migration.id, input.lists),
    practicesOf:
      input.practices === undefined ? before.practicesOf : await chosenPractices(ctx, migration.id, input.practices),
  };
  await ctx.store.recipients.setRule(migration.id, rule, ctx.person.id, ctx.now.toString());
  ctx.record({ act: 'audience.changed', about: `migration:${migration.id}`, facts: { before, after: rule } });
  await inputsChanged(ctx, 'changed who gets the notices');
}

async function chosenLists(ctx: CommandContext, migrationId: number, typed: string): Promise<readonly string[] | null> {
  if (typed.trim().toLowerCase() === 'all') return null;
  const known = (await ctx.store.recipients.lists(migrationId)).map((one) => one.list);
  const names = typed
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0 && names.length > 0) return names.toSorted();
  throw new Refusal(
    'no-list',
    `There is no list "${unknown[0] ?? ''}". Uploaded are: ${known.join(', ') || 'none yet'}.`,
    {
      remedy: [next('Upload a list', 'import')],
      fields: { lists: 'Use the names of uploaded lists.' },
    },
  );
}

async function chosenPractices(ctx: CommandContext, migrationId: number, typed: string): Promise<readonly string[]> {
  if (typed.trim().toLowerCase() === 'none') return [];
  const codes = [
    ...new Set(
      typed
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ].toSorted();
  const known = new Set((await ctx.store.recipients.practices(migrationId, codes)).map((one) => one.commissioner));
  const unknown = codes.filter((code) => !known.has(code));
  if (unknown.length === 0 && codes.length > 0) return codes;
  throw new Refusal('no-practices', `The practice file names no active practice of commissioner ${unknown[0] ?? ''}.`, {
    remedy: [next('Import the practice file', 'import')],
    fields: { practices: 'Use commissioner codes of the practice file.' },
  });
}

function audienceFile({ members }: Audience): AnswerFile {
  const rows = members.map((one) => [
    one.kind,
    one.code,
    one.name,
    one.email ?? '',
    one.why,
    one.fault === null ? '' : ADDRESS_FAULT_WORDS[one.fault],
    one.also.join(' '),
  ]);
  const text = csvText(['kind', 'code', 'name', 'email', 'why it is in', 'problem', 'same address'], rows);
  return { name: 'recipients.csv', mediaType: 'text/csv', text };
}
