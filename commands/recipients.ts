import { z } from 'zod';
import { type AnswerFile, answer, defineCommand } from '../src/command.ts';
import type { Audience, AudienceMember } from '../src/domain/audience.ts';
import { audienceCounts, unaskedInWales } from '../src/domain/audience.ts';
import { ADDRESS_DOUBT_WORDS, ADDRESS_FAULT_WORDS, addressDoubt } from '../src/domain/recipient.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { next } from '../src/kernel/errors.ts';
import { changeRule, changesRule } from './notices/audience-rule.ts';
import { migrationOf } from './notices/of-migration.ts';

const input = z
  .object({
    code: z.string().optional().meta({ label: 'ODS code', word: '[A-Za-z0-9]{1,9}' }),
    lists: z.string().optional().meta({ label: 'Lists of referrers that count', hint: 'Names with commas, or "all"' }),
    practices: z
      .string()
      .optional()
      .meta({ label: 'Practices of these commissioner codes', hint: 'Codes of the practice file, or "none"' }),
    without: z.string().optional().meta({ label: 'ODS code of whom to leave out' }),
    reason: z.string().trim().min(5).max(300).optional().meta({ label: 'Why they are left out', field: 'text' }),
    instead: z
      .string()
      .optional()
      .meta({ label: 'Address that gets it instead', hint: 'A commissioner has to be told: then this is needed' }),
    with: z.string().optional().meta({ label: 'ODS code of whom to take in again' }),
  })
  .superRefine((given, check) => {
    if (given.without === undefined || given.reason !== undefined) return;
    check.addIssue({ code: 'custom', path: ['reason'], message: 'Write why, at least 5 letters.' });
  });

export const command = defineCommand({
  verb: 'recipients',
  summary: 'Who gets the notices, and why',
  examples: [
    '/bsu recipients',
    '/bsu recipients A81001',
    '/bsu recipients lists="practices, dentists"',
    '/bsu recipients practices="15E 15F"',
    '/bsu recipients without=A81001 reason="closed since September"',
    '/bsu recipients without=QMF reason="their mailbox is retired" instead=desk@board.example',
  ],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input,
  async run(ctx, given) {
    const migration = migrationOf(ctx);
    if (changesRule(given)) await changeRule(ctx, given);
    const rule = await ctx.store.recipients.rule(migration.id);
    const audience = await ctx.store.noticeDrafts.audience(migration, ctx.now);
    const asked = given.code?.toUpperCase();
    const found = audience.members.filter((one) => one.code === asked || (asked && one.also.includes(asked)));
    const lists = await ctx.store.recipients.lists(migration.id);
    const doubts = doubtsOf(audience.members, ctx.rehearsal);
    return answer(
      'recipients.shown',
      {
        ...audienceCounts(audience.members),
        merged: audience.merged,
        notInEffect: audience.notInEffect,
        inWales: audience.englishOnly === null ? unaskedInWales(audience.members) : 0,
        leftOut: audience.leftOut,
        doubts: doubts.slice(0, 10),
        doubted: doubts.length,
        lists: lists.map((one) => ({ ...one, chosen: rule.lists === null || rule.lists.includes(one.list) })),
        practicesOf: rule.practicesOf,
        asked: found.slice(0, 5).map((one) => ({
          code: one.code,
          name: one.name,
          kind: one.kind,
          email: one.email,
          why: one.why,
          problem: problemOf(one, ctx.rehearsal),
        })),
        notFound: asked !== undefined && found.length === 0 ? asked : null,
      },
      {
        next: [next('Preview the planned notice', 'preview', { kind: 'planned' }), next('Upload a list', 'import')],
        ...(asked === undefined && audience.members.length > 0
          ? { files: [audienceFile(audience, ctx.rehearsal)] }
          : {}),
      },
    );
  },
});

/** Who can be mailed though somebody should look at the address first. */
function doubtsOf(members: readonly AudienceMember[], rehearsal: boolean) {
  return members.flatMap(({ code, email, fault }) => {
    const doubt = fault === null && email !== null ? addressDoubt(email, rehearsal) : null;
    return doubt === null || email === null ? [] : [{ code, email, doubt: ADDRESS_DOUBT_WORDS[doubt] }];
  });
}

function problemOf({ fault, email }: AudienceMember, rehearsal: boolean): string | null {
  if (fault !== null) return ADDRESS_FAULT_WORDS[fault];
  const doubt = email === null ? null : addressDoubt(email, rehearsal);
  return doubt === null ? null : ADDRESS_DOUBT_WORDS[doubt];
}

function audienceFile({ members }: Audience, rehearsal: boolean): AnswerFile {
  const rows = members.map((one) => [
    one.kind,
    one.code,
    one.name,
    one.email ?? '',
    one.why,
    problemOf(one, rehearsal) ?? '',
    one.also.join(' '),
    one.language,
  ]);
  const text = csvText(['kind', 'code', 'name', 'email', 'why it is in', 'problem', 'same address', 'language'], rows);
  return { name: 'recipients.csv', mediaType: 'text/csv', text };
}
