import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import type { Migration } from '../src/domain/migration.ts';
import { neededSeconds } from '../src/domain/opening-needed.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { migrationHours } from '../src/domain/time-rules.ts';
import { everyRule } from '../src/domain/why.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { hoursPageOf } from './time/hours-address.ts';

/** Without a plan nobody knows how long it takes. */
const AN_HOUR = 3600;

export const command = defineCommand({
  verb: 'why',
  summary: 'What each rule says about a time, and the next openings that fit',
  examples: ['/bsu why', '/bsu why tonight 8pm', '/bsu why 2026-12-08 20:15'],
  who: 'member',
  menu: 'personal',
  needsMigration: true,
  input: z.object({
    at: z
      .string()
      .optional()
      .meta({ label: 'When', field: 'text', hint: 'Like tonight 8pm; now, if left out', rest: true }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    const at = input.at === undefined ? ctx.now : readLocalTime(input.at, migration.zone, ctx.now);
    const rules = await ctx.store.time.rules(migration.id);
    const judge = migrationHours(migration, rules, ctx.bankHolidays);
    const { plan, seconds } = await lengthOf(ctx, migration);
    const { verdict, until } = judge.verdict(at);
    const after = Temporal.Instant.compare(at, ctx.now) > 0 ? at : ctx.now;
    const openings = judge.openings(after, seconds, 3);
    return answer(
      'why.explained',
      {
        zone: migration.zone,
        at: at.toString(),
        verdict,
        until,
        rules: everyRule(migration, rules, ctx.bankHolidays, at),
        plan,
        neededSeconds: seconds,
        openings,
        page: await hoursPageOf(ctx),
      },
      { next: [next('Reserve a window', 'window'), next('The week', 'hours')] },
    );
  },
});

async function lengthOf(ctx: CommandContext, migration: Migration): Promise<{ plan: number | null; seconds: number }> {
  const live = (await ctx.store.plans.list(migration.id)).filter((plan) => isLive(plan.state));
  const only = live[0];
  if (!only || live.length > 1) return { plan: null, seconds: AN_HOUR };
  const { needed } = await ctx.store.plans.needed(only, migration);
  return { plan: only.number, seconds: neededSeconds(needed) };
}
