import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import { stopsFacts } from '../src/domain/time-stops.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { inWords } from '../src/kernel/time-words.ts';
import { touchCards } from './time/touch-cards.ts';

export const command = defineCommand({
  verb: 'freeze',
  summary: 'Stop every bulk update, now or for a time to come',
  examples: [
    '/bsu freeze the network is down',
    '/bsu freeze from="2026-12-21 00:00" to="2027-01-04 00:00" Christmas freeze',
  ],
  who: 'member',
  menu: 'team',
  needsMigration: true,
  input: z.object({
    reason: z.string().min(3).max(300).meta({ label: 'Why', field: 'text', rest: true }),
    from: z.string().optional().meta({ label: 'From', hint: 'Now, if left out', field: 'text', form: 'ask' }),
    to: z
      .string()
      .optional()
      .meta({ label: 'Until', hint: 'Until it is lifted, if left out', field: 'text', form: 'ask' }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    const from = input.from === undefined ? ctx.now : readLocalTime(input.from, migration.zone, ctx.now);
    const to = input.to === undefined ? null : readLocalTime(input.to, migration.zone, ctx.now);
    if (to !== null && Temporal.Instant.compare(to, from) <= 0) {
      throw new Refusal(
        'span-backwards',
        'That freeze ends before it starts. Give an end that comes after the start.',
        {
          fields: { to: 'Give a time after the start.' },
        },
      );
    }
    const id = await ctx.store.time.stop({
      migrationId: migration.id,
      rule: 'freeze',
      startsAt: from.toString(),
      endsAt: to?.toString() ?? null,
      reason: input.reason,
      by: ctx.person.id,
      now: ctx.now.toString(),
    });
    ctx.record({
      act: 'time.frozen',
      about: `freeze:${id}`,
      facts: { from: from.toString(), to: to?.toString() ?? null, reason: input.reason },
    });
    for (const plan of await touchCards(ctx, migration.id)) {
      const until = to ? `until ${inWords(to, migration.zone)}` : 'until it is lifted';
      ctx.call(
        `plan:${plan.id}`,
        `Bulk updates are frozen from ${inWords(from, migration.zone)} ${until}: ${input.reason}. A run stops at its next edge.`,
      );
    }
    const rules = await ctx.store.time.rules(migration.id);
    return answer('stops.shown', stopsFacts(rules, migration.zone, ctx.now, 'frozen', 1), {
      next: [next('Lift it', 'unfreeze'), next('Why?', 'why')],
    });
  },
});
