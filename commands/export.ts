import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { next } from '../src/kernel/errors.ts';
import { migrationOf } from './verifying/plan-of.ts';

export const command = defineCommand({
  verb: 'export',
  summary: 'Everything of this migration as one JSON file, to take along',
  examples: ['/bsu export'],
  who: ['e-rs-lead', 'administrator'],
  menu: 'none',
  needsMigration: true,
  input: z.object({}),
  async run(ctx) {
    const migration = migrationOf(ctx);
    const whole = await ctx.store.exports.whole(migration.id, ctx.now.toString());
    const tables = Object.entries(whole.tables).map(([name, rows]) => ({ name, rows: rows.length }));
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    ctx.record({
      act: 'migration.exported',
      about: `migration:${migration.id}`,
      facts: { tables: tables.length, rows, events: whole.audit.rows.length, head: whole.audit.head.hash },
    });
    return answer(
      'exported',
      {
        migration: migration.name,
        tables: tables.length,
        rows,
        events: whole.audit.rows.length,
        head: whole.audit.head.hash,
      },
      {
        next: [next('The evidence pack', 'pack')],
        files: [
          {
            name: `export-migration-${migration.id}.json`,
            mediaType: 'application/json',
            text: JSON.stringify(whole, null, 1),
          },
        ],
      },
    );
  },
});
