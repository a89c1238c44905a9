import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { DEFAULT_HOURS, rangesInWords } from '../src/domain/hours-policy.ts';
import { readRanges } from '../src/domain/hours-words.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { policyOf, stopsOf } from '../src/domain/time-rules.ts';
import { hours } from '../src/domain/working-hours.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { hoursFeed, hoursPageOf } from './time/hours-address.ts';
import { readTrial } from './time/trial.ts';

const LONGEST_DAYS = 800;

export const command = defineCommand({
  verb: 'hours',
  summary: 'When bulk updates are open, amber and closed',
  examples: [
    '/bsu hours',
    '/bsu hours --from 2026-12-07T00:00:00Z --to 2026-12-14T00:00:00Z',
    '/bsu hours closed="Monday to Saturday 8am to 6:30pm" amber="Sunday and bank holidays 8am to 4pm"',
    '/bsu hours --standard',
    '/bsu hours feed',
    '/bsu hours feed new',
    'bsu hours --policy hours.json --calendar outages.ics --from 2026-01-01T00:00:00Z --to 2028-01-01T00:00:00Z --json',
  ],
  who: 'known',
  menu: 'none',
  needsMigration: false,
  input: z.object({
    from: z.string().optional().meta({ label: 'From', field: 'text', hint: 'Like 2026-12-08 20:15; now, if left out' }),
    to: z.string().optional().meta({ label: 'To', field: 'text', hint: 'A week later, if left out' }),
    closed: z.string().max(500).optional().meta({ label: 'Set the blocked hours', field: 'text' }),
    amber: z.string().max(500).optional().meta({ label: 'Set the amber hours', field: 'text' }),
    policy: z.string().optional().meta({ label: 'Working hours to try (JSON)', field: 'file', form: 'never' }),
    calendar: z.string().optional().meta({ label: 'Calendar to try (.ics)', field: 'file', form: 'never' }),
    feed: z.enum(['feed']).optional().meta({ label: 'The link for your calendar', form: 'never', word: 'feed' }),
    renew: z.enum(['new']).optional().meta({ label: 'Another link', form: 'never', word: 'new' }),
    standard: z.enum(['yes']).optional().meta({ label: 'Back to the default hours', flag: true }),
  }),
  prepare: (ctx, input) => readTrial(ctx, input),
  async run(ctx, input, trial) {
    if (input.feed || input.renew) return hoursFeed(ctx, Boolean(input.feed && input.renew));
    if (input.closed !== undefined || input.amber !== undefined || input.standard) await setHours(ctx, input);
    const { policy, stops, zone } = trial ?? (await rulesOf(ctx));
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
        page: trial ? null : await hoursPageOf(ctx),
      },
      { next: ctx.migration ? [next('Why?', 'why'), next('In my calendar', 'hours', { feed: 'feed' })] : [] },
    );
  },
});

/** The migration's own hours (rule 11): what is not named stays; a plan's windows are judged by the new ones at once. */
async function setHours(
  ctx: CommandContext,
  input: { closed?: string | undefined; amber?: string | undefined; standard?: 'yes' | undefined },
): Promise<void> {
  const { migration } = ctx;
  if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
  if (!ctx.roles.some((role) => role === 'e-rs-lead' || role === 'administrator')) {
    throw new Refusal('role', 'Only the e-RS lead or an administrator sets the working hours. Ask one of them.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  const before = input.standard ? DEFAULT_HOURS : policyOf(migration, await ctx.store.time.rules(migration.id));
  const policy = {
    ...before,
    source: input.standard ? DEFAULT_HOURS.source : `this migration’s hours, set by ${ctx.person.name}`,
    closed: input.closed === undefined ? before.closed : readRanges(input.closed),
    amber: input.amber === undefined ? before.amber : readRanges(input.amber),
  };
  await ctx.store.time.setPolicy(migration.id, policy, ctx.person.id, ctx.now.toString());
  const words = { closed: rangesInWords(policy.closed), amber: rangesInWords(policy.amber) };
  ctx.record({ act: 'hours.set', about: `migration:${migration.id}`, facts: words });
  for (const plan of await ctx.store.plans.list(migration.id)) {
    if (!isLive(plan.state)) continue;
    ctx.touch(`plan:${plan.id}`);
    ctx.call(`plan:${plan.id}`, `The working hours changed: bulk updates are blocked ${words.closed || 'at no time'}.`);
  }
}

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
