import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { stopsFacts } from '../src/domain/time-stops.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { touchCards } from './time/touch-cards.ts';

export const command = defineCommand({
  verb: 'unfreeze',
  summary: 'Lift a freeze, or all that stand',
  examples: ['/bsu unfreeze', '/bsu unfreeze 3'],
  who: ['e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    number: z.coerce.number().int().min(1).optional().meta({ label: 'Number of the freeze', word: '\\d{1,9}' }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    const ids = await ctx.store.time.lift(
      migration.id,
      'freeze',
      input.number ?? null,
      ctx.person.id,
      ctx.now.toString(),
    );
    if (ids.length === 0) {
      throw new Refusal(
        'no-freeze',
        input.number === undefined ? 'No freeze stands.' : `No freeze ${input.number} stands.`,
        {
          remedy: [next('What does stand?', 'why')],
        },
      );
    }
    for (const id of ids) ctx.record({ act: 'time.unfrozen', about: `freeze:${id}`, facts: {} });
    await touchCards(ctx, migration.id);
    const rules = await ctx.store.time.rules(migration.id);
    return answer('stops.shown', stopsFacts(rules, migration.zone, ctx.now, 'unfrozen', ids.length), {
      next: [next('Why?', 'why')],
    });
  },
});
