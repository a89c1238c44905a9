import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import type { Migration } from '../src/domain/migration.ts';
import { reserve, windowFrom } from '../src/domain/opening-reserve.ts';
import { windowsFacts } from '../src/domain/opening-shown.ts';
import type { Plan, PlanWindow } from '../src/domain/plan.ts';
import { migrationHours } from '../src/domain/time-rules.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted, spanInWords } from '../src/kernel/time-words.ts';
import { freeWindow, refuseWindowChange } from './time/free-window.ts';

export const command = defineCommand({
  verb: 'window',
  summary: 'Openings that fit, and the window and reserves of a plan',
  examples: [
    '/bsu window',
    '/bsu window tonight 8pm',
    '/bsu window from="2026-12-08 20:15" to="2026-12-08 23:30"',
    '/bsu window remove=2',
  ],
  who: ['planner', 'e-rs-lead', 'service-definer'],
  menu: 'personal',
  needsMigration: true,
  input: z.object({
    from: z.string().optional().meta({ label: 'Starts', field: 'text', hint: 'Like tonight 8pm', rest: true }),
    to: z.string().optional().meta({ label: 'Ends', field: 'text', hint: 'As long as it needs, if left out' }),
    remove: z.coerce.number().int().min(1).max(4).optional().meta({ label: 'Take off number', field: 'number' }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    const plan = await ctx.store.plans.current(migration.id, input.plan);
    const judge = migrationHours(migration, await ctx.store.time.rules(migration.id), ctx.bankHolidays);
    const { needed, services } = await ctx.store.plans.needed(plan, migration);
    const changed =
      input.remove !== undefined ? ('removed' as const) : input.from !== undefined ? ('reserved' as const) : null;
    let votes: string | null = null;
    if (changed) {
      refuseWindowChange(ctx, await ctx.store.plans.lock(plan.id));
      const windows = await ctx.store.windows.of(plan.id);
      const asked = { hours: judge, needed, zone: migration.zone, now: ctx.now };
      const after =
        input.remove === undefined
          ? reserve(asked, windows, await freeWindow(ctx, plan, windowOf(ctx, migration, asked, input), migration.zone))
          : without(windows, input.remove);
      votes = await save(ctx, migration, plan, after, changed);
    }
    const facts = windowsFacts({
      zone: migration.zone,
      plan: plan.number,
      services,
      needed,
      windows: await ctx.store.windows.of(plan.id),
      hours: judge,
      now: ctx.now,
      after: searchFrom(migration, plan, ctx.now),
    });
    return answer(
      'windows.shown',
      { ...facts, changed, votes },
      {
        next: changed
          ? [next('Show the plan', 'show', { plan: String(plan.number) }), next('Add a reserve', 'window', {})]
          : [next('Why?', 'why')],
      },
    );
  },
});

/** A bulk update before the outage would link services to a PAS that is not live yet; practising is for before. */
function searchFrom({ outage }: Migration, { kind }: Plan, now: Temporal.Instant): Temporal.Instant {
  const off = outage === null || kind === 'practice' ? now : Temporal.Instant.from(outage.from);
  return Temporal.Instant.compare(off, now) > 0 ? off : now;
}

type Asked = Parameters<typeof reserve>[0];

function windowOf(
  ctx: CommandContext,
  migration: Migration,
  asked: Asked,
  input: { from?: string | undefined; to?: string | undefined },
): PlanWindow {
  const from = readLocalTime(input.from ?? '', migration.zone, ctx.now);
  if (input.to === undefined) return windowFrom(asked.hours, from, asked.needed, asked.zone);
  return { from: from.toString(), to: readLocalTime(input.to, migration.zone, from).toString() };
}

function without(windows: readonly PlanWindow[], number: number): readonly PlanWindow[] {
  if (number <= windows.length) return windows.filter((_, index) => index !== number - 1);
  throw new Refusal(
    'no-window',
    `There is no window ${number}: ${counted(windows.length, 'window is', 'windows are')} reserved.`,
    {
      remedy: [next('Show the windows', 'window')],
    },
  );
}

/** A window is an input of the approval: the votes that rule 10 ends are ended here, in the same transaction. */
async function save(
  ctx: CommandContext,
  migration: Migration,
  plan: Plan,
  windows: readonly PlanWindow[],
  changed: 'reserved' | 'removed',
): Promise<string | null> {
  const act = { personId: ctx.person.id, at: ctx.now.toString(), words: `${ctx.person.name} changed the windows` };
  await ctx.store.windows.replace(plan.id, windows, ctx.person.id, act.at);
  ctx.record({ act: `window.${changed}`, about: `plan:${plan.id}`, facts: { windows } });
  const outcome = await ctx.store.plans.inputsChanged(plan.id, act);
  ctx.touch(`plan:${plan.id}`);
  if (outcome.ended === 0) return null;
  const shown = windows[0] ? spanInWords(windows[0].from, windows[0].to, migration.zone) : 'none';
  ctx.call(
    `plan:${plan.id}`,
    `The window changed (now ${shown}), so ${counted(outcome.ended, 'vote')} no longer count. Please look again.`,
  );
  return `${counted(outcome.ended, 'vote')} no longer count: ${outcome.lines.join('; ')}`;
}
