import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { DEFAULT_HOURS, rangesInWords } from '../src/domain/hours-policy.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import { policyOf, stopsOf } from '../src/domain/time-rules.ts';
import { hours } from '../src/domain/working-hours.ts';
import { next, Refusal } from '../src/kernel/errors.ts';

const LONGEST_DAYS = 800;

export const command = defineCommand({
  verb: 'hours',
  summary: 'When bulk updates are open, amber and closed',
  examples: ['/bsu hours', '/bsu hours --from 2026-12-07T00:00:00Z --to 2026-12-14T00:00:00Z'],
  who: 'known',
  menu: 'none',
  needsMigration: false,
  input: z.object({
    from: z.string().optional().meta({ label: 'From', field: 'text', hint: 'Like 2026-12-08 20:15; now, if left out' }),
    to: z.string().optional().meta({ label: 'To', field: 'text', hint: 'A week later, if left out' }),
  }),
  async run(ctx, input) {
    const { policy, stops, zone } = await rulesOf(ctx);
    const from = input.from === undefined ? ctx.now : readLocalTime(input.from, zone, ctx.now);
    const to = input.to === undefined ? from.add({ hours: 7 * 24 }) : readLocalTime(input.to, zone, ctx.now);
    refuseSpan(from, to);
    return answer(
      'hours.listed',
      {
        zone,
        from: from.toString(),
        to: to.toString(),
        source: policy.source,
        closed: rangesInWords(policy.closed),
        amber: rangesInWords(policy.amber),
        intervals: hours(policy, { bankHolidays: ctx.bankHolidays, stops }).intervals(from, to),
      },
      { next: [next('Why?', 'why')] },
    );
  },
});

async function rulesOf(ctx: CommandContext) {
  const { migration } = ctx;
  if (!migration) return { policy: DEFAULT_HOURS, stops: [], zone: DEFAULT_HOURS.zone };
  const rules = await ctx.store.time.rules(migration.id);
  return { policy: policyOf(migration, rules), stops: stopsOf(rules, migration.zone), zone: migration.zone };
}

function refuseSpan(from: Temporal.Instant, to: Temporal.Instant): void {
  if (Temporal.Instant.compare(from, to) >= 0) {
    throw new Refusal('span-backwards', 'The span ends before it starts. Give an end that comes after the start.', {
      fields: { to: 'Give a time after the start.' },
    });
  }
  if (to.since(from).total('hours') > LONGEST_DAYS * 24) {
    throw new Refusal('span-too-long', `Ask for at most ${LONGEST_DAYS} days at a time.`, {
      fields: { to: 'Give an earlier end.' },
    });
  }
}
