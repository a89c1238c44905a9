import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { packHash } from '../src/domain/pack.ts';
import { next } from '../src/kernel/errors.ts';
import { migrationOf } from './verifying/plan-of.ts';

export const command = defineCommand({
  verb: 'pack',
  summary: 'The evidence pack of a plan: who decided what, on which hash, and what came of it, as one page and as JSON',
  examples: ['/bsu pack', '/bsu pack 3'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({ plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan', word: '\\d{1,6}' }) }),
  async run(ctx, given) {
    const migration = migrationOf(ctx);
    const plan = await ctx.store.plans.current(migration.id, given.plan);
    const pack = await ctx.store.packs.gather(migration, plan, {
      now: ctx.now,
      by: ctx.person.name,
      holidays: ctx.bankHolidays,
    });
    const hash = packHash(pack);
    const name = `evidence-plan-${plan.number}-${hash.slice(0, 8)}`;
    ctx.record({
      act: 'pack.made',
      about: `plan:${plan.id}`,
      facts: { plan: plan.number, events: pack.audit.rows.length, head: pack.audit.head.hash },
      hash,
    });
    return answer(
      'pack.made',
      {
        plan: plan.number,
        services: pack.plan.services.length,
        events: pack.audit.rows.length,
        head: pack.audit.head.hash,
        hash,
        name,
      },
      {
        next: [next('Verify the record', 'audit', { what: 'verify' }), next('The hazard log', 'hazards')],
        files: [
          { name: `${name}.html`, mediaType: 'text/html', text: ctx.papers.pack(pack) },
          { name: `${name}.json`, mediaType: 'application/json', text: JSON.stringify(pack, null, 1) },
        ],
      },
    );
  },
});
