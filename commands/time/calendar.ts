import type { CommandContext, PrepareContext } from '../../src/command.ts';
import type { Migration } from '../../src/domain/migration.ts';
import type { ReadCalendar } from '../../src/domain/outage-calendar.ts';
import { isLive } from '../../src/domain/plan-state.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';

/** Reads the calendar that was sent or named, before the transaction (rule 11). */
export async function readCalendar(
  ctx: PrepareContext,
  given: { file?: string | undefined; url?: string | undefined },
): Promise<ReadCalendar> {
  if (!ctx.migration) throw new Refusal('no-migration', 'Send a calendar in the channel of a migration.');
  const { zone } = ctx.migration;
  if (given.file !== undefined) {
    return ctx.intake.calendar({ source: { fileRef: given.file }, zone, now: ctx.now });
  }
  if (!ctx.roles.some((role) => role === 'planner' || role === 'e-rs-lead')) {
    throw new Refusal('role', 'A planner or the e-RS lead gives a calendar’s address. Ask one of them.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  return ctx.intake.calendar({ source: { url: addressOf(given.url ?? '') }, zone, now: ctx.now });
}

/** Chat wraps addresses: "<https://example.org/a.ics|example.org/a.ics>". */
function addressOf(typed: string): string {
  return typed.replace(/^<([^|>]*)(?:\|[^>]*)?>$/, '$1');
}

/** The copy counts from now on, for as long as a person's look would; the checklist's item is ticked by it too. */
export async function keepCalendar(ctx: CommandContext, migration: Migration, read: ReadCalendar): Promise<void> {
  const now = ctx.now.toString();
  const id = await ctx.store.calendars.add(migration.id, read, ctx.person.id, now);
  const source = read.url === null ? 'file' : 'address';
  ctx.record({
    act: 'ers-calendar.added',
    about: `ers-calendar:${id}`,
    facts: { name: read.name, source, outages: read.outages.length },
  });
  await ctx.store.checklist.set(migration.id, {
    key: 'outages-checked',
    personId: ctx.person.id,
    at: now,
    evidence: `calendar ${read.name}`,
    target: migration.newAsid,
    practicePlanId: null,
  });
  await touchPlans(ctx, migration);
}

export async function forgetCalendar(ctx: CommandContext, migration: Migration, id: number): Promise<void> {
  if (!(await ctx.store.calendars.remove(migration.id, id, ctx.person.id, ctx.now.toString()))) {
    throw new Refusal('no-calendar', `No calendar has the number ${id}.`, {
      remedy: [next('Show them', 'outage')],
    });
  }
  ctx.record({ act: 'ers-calendar.removed', about: `ers-calendar:${id}`, facts: {} });
  await touchPlans(ctx, migration);
}

async function touchPlans(ctx: CommandContext, migration: Migration): Promise<void> {
  for (const plan of await ctx.store.plans.list(migration.id)) if (isLive(plan.state)) ctx.touch(`plan:${plan.id}`);
}
