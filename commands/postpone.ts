import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import type { Migration } from '../src/domain/migration.ts';
import { neededSeconds } from '../src/domain/opening-needed.ts';
import { reserve, windowFrom, windowsAhead } from '../src/domain/opening-reserve.ts';
import { refuseOutage } from '../src/domain/outage.ts';
import type { Plan, PlanWindow } from '../src/domain/plan.ts';
import { daysBetween, movedBy, refuseWindowBefore, type Span, windowsAfterMove } from '../src/domain/postpone.ts';
import type { PostponeFacts } from '../src/domain/postpone-answers.ts';
import { migrationHours } from '../src/domain/time-rules.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted, spanInWords } from '../src/kernel/time-words.ts';
import { freeWindow, refuseWindowChange } from './time/free-window.ts';
import { movedNotice, stopOldNotices } from './time/moved-notice.ts';

export const command = defineCommand({
  verb: 'postpone',
  summary: 'Move the window, the outage and the notices to another night, in one step',
  examples: [
    '/bsu postpone',
    '/bsu postpone window="2026-12-15 20:15"',
    '/bsu postpone from="2026-12-15 17:00" to="2026-12-15 23:00" window="2026-12-15 20:15"',
  ],
  who: ['planner', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    window: z.string().optional().meta({ label: 'The new window starts', field: 'text', rest: true }),
    from: z
      .string()
      .optional()
      .meta({ label: 'Old PAS off', field: 'text', hint: 'Moved by as many days, if left out' }),
    to: z.string().optional().meta({ label: 'New PAS on', field: 'text', hint: 'As long as before, if left out' }),
    oldPasUntil: z
      .string()
      .optional()
      .meta({ label: 'The old PAS answers until', field: 'text', hint: 'As it is, if left out' }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    const plan = await ctx.store.plans.lock((await ctx.store.plans.current(migration.id, input.plan)).id);
    refuseWindowChange(ctx, plan);
    const moved = (input.window ?? input.from) ? await move(ctx, migration, plan, input) : null;
    const facts = await factsOf(ctx, plan, moved);
    return answer('postpone.shown', facts, {
      next: [next('Show the plan', 'show', { plan: String(plan.number) }), next('Show the windows', 'window')],
    });
  },
});

type Input = {
  window?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  oldPasUntil?: string | undefined;
};

async function move(
  ctx: CommandContext,
  migration: Migration,
  plan: Plan,
  input: Input,
): Promise<PostponeFacts['moved']> {
  const { zone } = migration;
  const windows = await ctx.store.windows.of(plan.id);
  const asked = await judge(ctx, migration, plan);
  const chosen = chosenWindow(ctx, migration, windows, asked, input);
  const after = windowsAfterMove(windows, chosen);
  // Judged as a window of its own: the chosen one must fit now, whatever was thought of it when it was reserved (rule 13).
  reserve(asked, after.slice(1), await freeWindow(ctx, plan, chosen, zone));
  const kind = BEGUN.includes(plan.state) ? ('extended' as const) : ('moved' as const);
  const outage =
    kind === 'extended' ? longer(migration, windows, chosen, input) : newOutage(ctx, migration, windows, chosen, input);
  const until = input.oldPasUntil === undefined ? migration.oldPasUntil : at(ctx, migration, input.oldPasUntil);
  refuseOldPas(outage, until, input);
  refuseOutage(outage, until, ctx.now, zone);
  refuseWindowBefore(outage, chosen, zone);
  await ctx.store.migrations.setOutage(migration.id, outage, until);
  await ctx.store.windows.replace(plan.id, after, ctx.person.id, ctx.now.toString());
  ctx.record({
    act: 'plan.postponed',
    about: `plan:${plan.id}`,
    facts: { kind, outage, before: migration.outage, oldPasUntil: until, windows: after },
    ...(plan.hash ? { hash: plan.hash } : {}),
  });
  const votes = await voidVotes(ctx, migration, plan);
  const stopped = await stopOldNotices(ctx, migration);
  const latest = (await ctx.store.migrations.byId(migration.id)) ?? migration;
  ctx.call(
    `plan:${plan.id}`,
    `Plan ${plan.number} is postponed: the outage is now ${spanInWords(outage.from, outage.to, zone)}, the window ${spanInWords(chosen.from, chosen.to, zone)}.${votes ? ` ${votes}. Please look again.` : ''}`,
  );
  return { from: migration.outage, votes, ...stopped, kind, notice: await movedNotice(ctx, latest, plan, kind) };
}

type Asked = Parameters<typeof reserve>[0];

async function judge(ctx: CommandContext, migration: Migration, plan: Plan): Promise<Asked> {
  const hours = migrationHours(migration, await ctx.store.time.rules(migration.id), ctx.bankHolidays);
  return { hours, needed: (await ctx.store.plans.needed(plan, migration)).needed, zone: migration.zone, now: ctx.now };
}

/** A reserved window as it is, another as long as it needs, or the first one moved with the outage. */
function chosenWindow(
  ctx: CommandContext,
  migration: Migration,
  windows: readonly PlanWindow[],
  asked: Asked,
  input: Input,
): PlanWindow {
  if (input.window !== undefined) {
    const from = at(ctx, migration, input.window);
    const reserved = windows.find((window) => Temporal.Instant.compare(window.from, from) === 0);
    return reserved ?? windowFrom(asked.hours, Temporal.Instant.from(from), asked.needed, migration.zone);
  }
  const [first] = windows;
  if (first && migration.outage && input.from !== undefined) {
    return movedBy(
      first,
      daysBetween(migration.outage.from, at(ctx, migration, input.from), migration.zone),
      migration.zone,
    );
  }
  throw new Refusal('ask', 'Say when the new window starts.', {
    fields: { window: 'Say when the new window starts.' },
  });
}

/** Part of the services is on the new system: their outage began and cannot move, it only ends later (rule 10: its lead stays). */
const BEGUN: readonly Plan['state'][] = ['paused', 'stopped', 'verifying'];

function longer(migration: Migration, windows: readonly PlanWindow[], chosen: PlanWindow, input: Input): Span {
  const { outage, zone } = migration;
  if (!outage || input.from !== undefined || input.to !== undefined) {
    throw new Refusal(
      'outage-began',
      'The run has begun, so its outage has too: it can only end later. Name the new window alone.',
      { remedy: [next('Show the windows', 'window')] },
    );
  }
  const days = daysBetween(windows[0]?.from ?? outage.to, chosen.from, zone);
  return { from: outage.from, to: movedBy(outage, Math.max(0, days), zone).to };
}

/** The outage as typed, or moved by as many days as the window; its hours on the wall stay. */
function newOutage(
  ctx: CommandContext,
  migration: Migration,
  windows: readonly PlanWindow[],
  chosen: PlanWindow,
  input: Input,
): Span {
  const { outage, zone } = migration;
  const [first] = windows;
  if (input.from === undefined) {
    if (outage && first) return movedBy(outage, daysBetween(first.from, chosen.from, zone), zone);
    if (outage) return movedBy(outage, daysBetween(outage.from, chosen.from, zone), zone);
    const what = 'No outage is set. Say when the old PAS goes off and the new one comes on.';
    throw new Refusal('ask', what, { fields: { from: what, to: 'Say when the new PAS is on.' } });
  }
  const from = at(ctx, migration, input.from);
  if (input.to !== undefined) return { from, to: at(ctx, migration, input.to) };
  if (outage) return { from, to: movedBy(outage, daysBetween(outage.from, from, zone), zone).to };
  throw new Refusal('ask', 'Say when the new PAS is on.', { fields: { to: 'Say when the new PAS is on.' } });
}

/** How long the old PAS answers is its supplier's word: it is never moved along by guess (rule 18). */
function refuseOldPas(outage: Span, until: string | null, input: Input): void {
  if (until === null || input.oldPasUntil !== undefined || Temporal.Instant.compare(until, outage.to) >= 0) return;
  const what =
    'The old PAS was to answer only until a time before the new outage ends. Ask its supplier, and say until when it answers now.';
  throw new Refusal('ask', what, { fields: { oldPasUntil: what } });
}

/** The outage and the window are inputs of the approval (rule 10); what runs already keeps its votes. */
async function voidVotes(ctx: CommandContext, migration: Migration, plan: Plan): Promise<string | null> {
  const act = { personId: ctx.person.id, at: ctx.now.toString(), words: `${ctx.person.name} postponed it` };
  const outcome = await ctx.store.plans.inputsChanged(plan.id, act);
  for (const other of await ctx.store.plans.inputsChangedFor(migration.id, act)) ctx.touch(`plan:${other}`);
  ctx.touch(`plan:${plan.id}`);
  if (outcome.ended === 0) return null;
  return `${counted(outcome.ended, 'vote')} no longer count: ${outcome.lines.join('; ')}`;
}

async function factsOf(ctx: CommandContext, plan: Plan, moved: PostponeFacts['moved']): Promise<PostponeFacts> {
  const migration = await ctx.store.migrations.byId(plan.migrationId);
  if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
  const windows = await ctx.store.windows.of(plan.id);
  const { hours, needed } = await judge(ctx, migration, plan);
  const ahead = windowsAhead(windows, ctx.now);
  const first = windows[0]?.from;
  return {
    zone: migration.zone,
    plan: plan.number,
    outage: migration.outage,
    oldPasUntil: migration.oldPasUntil,
    windows,
    reserves: ahead.filter((window) => window.from !== first),
    openings: moved ? [] : hours.openings(ctx.now.add({ hours: 24 }), neededSeconds(needed), 3),
    moved,
  };
}

function at(ctx: CommandContext, migration: Migration, text: string): string {
  return readLocalTime(text, migration.zone, ctx.now).toString();
}
