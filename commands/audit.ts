import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { type AuditRow, PROTECTION_WORDS } from '../src/domain/audit.ts';
import { chainCheck } from '../src/domain/audit-check.ts';
import { next } from '../src/kernel/errors.ts';

const PAGE = 5_000;

export const command = defineCommand({
  verb: 'audit',
  summary: 'The record: what was done, by whom, when; and whether it is whole',
  examples: ['/bsu audit', '/bsu audit verify', '/bsu audit verify head=HASH'],
  who: 'member',
  menu: 'none',
  needsMigration: false,
  input: z.object({
    what: z.enum(['list', 'verify']).default('list').meta({ label: 'What', word: 'list|verify' }),
    head: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'A head is 64 hexadecimal digits.')
      .optional()
      .meta({ label: 'Head noted outside', word: '[0-9a-f]{64}' }),
    count: z.coerce.number().int().min(1).max(200).default(20).meta({ label: 'How many', word: '\\d{1,3}' }),
  }),
  async run(ctx, input) {
    const chain = ctx.migration ? `migration:${ctx.migration.id}` : 'installation';
    if (input.what === 'verify') {
      const { rows, head, faults } = await checked(ctx, chain, input.head);
      const protection = await ctx.store.audit.protection();
      return answer(
        'audit.verified',
        {
          chain,
          rows,
          head: head.hash,
          outsideHead: input.head ?? null,
          protection,
          kept: PROTECTION_WORDS[protection],
          faults,
        },
        { next: [next('Show the record', 'audit')] },
      );
    }
    const head = await ctx.store.audit.head(chain);
    const rows = await ctx.store.audit.latest(chain, input.count);
    return answer(
      'audit.listed',
      {
        chain,
        zone: ctx.migration?.zone ?? 'Europe/London',
        total: head.seq,
        events: await Promise.all(rows.map(async (row) => ({ ...listed(row), who: await nameOf(ctx, row.personId) }))),
      },
      { next: [next('Verify it', 'audit', { what: 'verify' })] },
    );
  },
});

/**
 * The whole chain against its head. Others go on meanwhile, so the head is read after the rows, and what it has more than they
 * is read too: only what cannot be had any more is missing.
 */
async function checked(ctx: CommandContext, chain: string, outsideHead: string | undefined) {
  const check = chainCheck(outsideHead);
  let [rows, last] = [0, -1];
  let known = await ctx.store.audit.head(chain);
  for (;;) {
    const before = rows;
    for await (const row of rowsAfter(ctx, chain, last)) {
      check.take(row);
      rows += 1;
      last = row.seq;
    }
    const head = await ctx.store.audit.head(chain);
    if (head.seq <= last || (rows === before && head.seq === known.seq)) return { rows, head, faults: check.end(head) };
    known = head;
  }
}

async function* rowsAfter(ctx: CommandContext, chain: string, seq: number): AsyncGenerator<AuditRow> {
  let after = seq;
  for (;;) {
    const page = await ctx.store.audit.page(chain, after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.seq ?? after;
  }
}

function listed(row: AuditRow): { seq: number; at: string; act: string; about: string } {
  return { seq: row.seq, at: row.at, act: row.act, about: row.about };
}

async function nameOf(ctx: CommandContext, personId: number | null): Promise<string> {
  if (personId === null) return 'Changeover';
  return (await ctx.store.people.byId(personId))?.name ?? `person ${personId}`;
}
