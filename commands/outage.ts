import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import type { Migration } from '../src/domain/migration.ts';
import { outageFacts, refuseOutage } from '../src/domain/outage.ts';
import type { OutageFacts } from '../src/domain/time-answers.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { forgetCalendar, keepCalendar, readCalendar } from './time/calendar.ts';

const input = z
  .object({
    what: z.enum(['set', 'checked', 'planned', 'remove', 'calendar', 'forget']).optional().meta({
      label: 'What',
      word: 'set|checked|planned|remove|calendar|forget',
    }),
    from: z
      .string()
      .optional()
      .meta({ label: 'From (old PAS off, or e-RS off)', field: 'text', hint: 'Like 2026-12-08 17:00' }),
    to: z
      .string()
      .optional()
      .meta({ label: 'To (new PAS on, or e-RS on)', field: 'text', hint: 'Like 2026-12-08 23:00' }),
    oldPasUntil: z
      .string()
      .optional()
      .meta({ label: 'The old PAS answers until', field: 'text', hint: 'Undo is possible only before' }),
    page: z
      .string()
      .min(3)
      .max(200)
      .optional()
      .meta({ label: 'Which page was looked at', field: 'text', hint: 'Like: e-RS live service pages' }),
    at: z.string().optional().meta({ label: 'When it was looked at', field: 'text', hint: 'Now, if left out' }),
    number: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ label: 'Number of the planned outage or calendar', field: 'number', word: '\\d{1,9}' }),
    file: z.string().optional().meta({
      label: 'Calendar file (.ics)',
      hint: 'Or give its address instead',
      field: 'file',
      word: 'file-[a-p]{32}',
    }),
    url: z.string().max(2000).optional().meta({
      label: 'Address of the calendar',
      hint: 'It begins with https:// and is read again every hour',
      field: 'text',
      word: '<?(?:https?|webcal)://\\S+',
    }),
  })
  .superRefine((given, check) => {
    for (const name of NEEDED[given.what ?? 'none']) {
      if (name === 'file' && given.url !== undefined) continue;
      if (name === 'url' && given.file !== undefined) continue;
      if (given[name] === undefined) check.addIssue({ code: 'custom', path: [name], message: 'This is needed.' });
    }
  });
type Input = z.infer<typeof input>;

/** What each step cannot do without; what is missing becomes the form. */
const NEEDED = {
  set: ['from', 'to', 'oldPasUntil'],
  checked: ['page'],
  planned: ['from', 'to', 'page'],
  remove: ['number'],
  calendar: ['file', 'url'],
  forget: ['number'],
  none: [],
} as const;

export const command = defineCommand({
  verb: 'outage',
  summary: 'Old PAS off, new PAS on, and planned outages of e-RS itself',
  examples: [
    '/bsu outage',
    '/bsu outage from="2026-12-08 17:00" to="2026-12-08 23:00" oldPasUntil="2026-12-10 17:00"',
    '/bsu outage checked page="e-RS live service pages"',
    '/bsu outage planned from="2026-12-09 21:00" to="2026-12-09 23:00" page="e-RS live service pages"',
    '/bsu outage calendar url=https://example.org/e-rs.ics',
    '/bsu outage forget 1',
  ],
  who: ['planner', 'e-rs-lead', 'service-definer'],
  menu: 'none',
  needsMigration: true,
  input,
  prepare: (ctx, given) => (isCalendar(given) ? readCalendar(ctx, given) : Promise.resolve(null)),
  async run(ctx, given, read) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    const what = isCalendar(given)
      ? 'calendar'
      : (given.what ?? (given.from !== undefined && given.to !== undefined ? 'set' : null));
    if (what === 'set') await set(ctx, migration, given);
    if (what === 'checked') await checked(ctx, migration, given);
    if (what === 'planned') await planned(ctx, migration, given);
    if (what === 'remove') await remove(ctx, migration, given);
    if (what === 'calendar' && read) await keepCalendar(ctx, migration, read);
    if (what === 'forget') await forgetCalendar(ctx, migration, given.number ?? 0);
    return shown(ctx, migration.id, what === null ? null : CHANGED[what]);
  },
});

/** A file or an address alone says enough. */
function isCalendar(given: Input): boolean {
  return given.what === 'calendar' || (given.what === undefined && (given.file ?? given.url) !== undefined);
}

const CHANGED = {
  set: 'outage',
  checked: 'checked',
  planned: 'planned',
  remove: 'removed',
  calendar: 'calendar',
  forget: 'forgotten',
} as const satisfies Record<string, OutageFacts['changed']>;

async function shown(ctx: CommandContext, migrationId: number, changed: OutageFacts['changed']) {
  const migration = await ctx.store.migrations.byId(migrationId);
  if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
  const rules = await ctx.store.time.rules(migrationId);
  const facts = outageFacts(migration, rules, ctx.now, changed);
  return answer('outage.shown', facts, {
    next: facts.outage ? [next('Reserve a window', 'window')] : [next('Set the outage', 'outage', { what: 'set' })],
  });
}

async function set(ctx: CommandContext, migration: Migration, given: Input): Promise<void> {
  if (!ctx.roles.some((role) => role === 'planner' || role === 'e-rs-lead')) {
    throw new Refusal('role', 'A planner or the e-RS lead sets the outage. Ask one of them.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  const outage = {
    from: timeOf(ctx, migration, given.from).toString(),
    to: timeOf(ctx, migration, given.to).toString(),
  };
  const until = given.oldPasUntil === undefined ? null : timeOf(ctx, migration, given.oldPasUntil).toString();
  refuseOutage(outage, until, ctx.now, migration.zone);
  await ctx.store.migrations.setOutage(migration.id, outage, until);
  ctx.record({ act: 'outage.set', about: `migration:${migration.id}`, facts: { ...outage, oldPasUntil: until } });
  const act = { personId: ctx.person.id, at: ctx.now.toString(), words: `${ctx.person.name} changed the outage` };
  for (const plan of await ctx.store.plans.inputsChangedFor(migration.id, act)) ctx.touch(`plan:${plan}`);
}

/** "Checked at TIME, page, none": it counts for a day (rule 11). */
async function checked(ctx: CommandContext, migration: Migration, given: Input): Promise<void> {
  const at = timeOf(ctx, migration, given.at);
  if (Temporal.Instant.compare(at, ctx.now) > 0) {
    throw new Refusal('check-ahead', 'That time has not come yet: record a look at the pages after it.', {
      fields: { at: 'Give a time that has passed.' },
    });
  }
  await noteCheck(ctx, migration, at, given.page ?? '', 'none');
}

async function planned(ctx: CommandContext, migration: Migration, given: Input): Promise<void> {
  const outage = {
    from: timeOf(ctx, migration, given.from).toString(),
    to: timeOf(ctx, migration, given.to).toString(),
  };
  refuseOutage(outage, null, ctx.now, migration.zone);
  const now = ctx.now.toString();
  const source = given.page ?? '';
  const id = await ctx.store.time.addErsOutage({
    migrationId: migration.id,
    ...outage,
    source,
    by: ctx.person.id,
    now,
  });
  ctx.record({ act: 'ers-outage.noted', about: `ers-outage:${id}`, facts: { ...outage, source } });
  await noteCheck(ctx, migration, ctx.now, source, 'noted');
}

async function remove(ctx: CommandContext, migration: Migration, given: Input): Promise<void> {
  const id = given.number ?? 0;
  if (!(await ctx.store.time.removeErsOutage(migration.id, id, ctx.person.id, ctx.now.toString()))) {
    throw new Refusal('no-ers-outage', `No planned e-RS outage has the number ${id}.`, {
      remedy: [next('Show them', 'outage')],
    });
  }
  ctx.record({ act: 'ers-outage.removed', about: `ers-outage:${id}`, facts: {} });
}

async function noteCheck(
  ctx: CommandContext,
  migration: Migration,
  at: Temporal.Instant,
  page: string,
  found: 'none' | 'noted',
): Promise<void> {
  const check = { checkedAt: at.toString(), page, found };
  await ctx.store.time.addCheck(migration.id, check, ctx.person.id, ctx.now.toString());
  ctx.record({ act: 'ers-outage.checked', about: `migration:${migration.id}`, facts: check });
  // The checklist asks for just this: whoever has looked need not say it twice.
  await ctx.store.checklist.set(migration.id, {
    key: 'outages-checked',
    personId: ctx.person.id,
    at: at.toString(),
    evidence: page === '' ? 'the live service pages' : page,
    target: migration.newAsid,
    practicePlanId: null,
  });
  for (const plan of await ctx.store.plans.list(migration.id)) ctx.touch(`plan:${plan.id}`);
}

function timeOf(ctx: CommandContext, migration: Migration, text: string | undefined): Temporal.Instant {
  return text === undefined ? ctx.now : readLocalTime(text, migration.zone, ctx.now);
}
