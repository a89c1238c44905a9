import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { type AuditRow, verifyChain } from '../src/domain/audit.ts';
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
    const head = await ctx.store.audit.head(chain);
    if (input.what === 'verify') {
      const rows = await wholeChain(ctx, chain, head.seq);
      const faults = verifyChain(rows, head, input.head);
      return answer(
        'audit.verified',
        { chain, rows: rows.length, head: head.hash, outsideHead: input.head ?? null, faults },
        { next: [next('Show the record', 'audit')] },
      );
    }
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

async function wholeChain(ctx: CommandContext, chain: string, upTo: number): Promise<readonly AuditRow[]> {
  const rows: AuditRow[] = [];
  for (;;) {
    const page = await ctx.store.audit.page(chain, rows.at(-1)?.seq ?? 0, PAGE);
    rows.push(...page);
    if (page.length < PAGE || (rows.at(-1)?.seq ?? 0) >= upTo) return rows;
  }
}

function listed(row: AuditRow): { seq: number; at: string; act: string; about: string } {
  return { seq: row.seq, at: row.at, act: row.act, about: row.about };
}

async function nameOf(ctx: CommandContext, personId: number | null): Promise<string> {
  if (personId === null) return 'Changeover';
  return (await ctx.store.people.byId(personId))?.name ?? `person ${personId}`;
}
