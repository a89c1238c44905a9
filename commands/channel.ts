import { z } from 'zod';
import { answer, type ChannelRef, type CommandContext, defineCommand } from '../src/command.ts';
import type { ChannelsFacts } from '../src/domain/channel-answers.ts';
import type { Migration } from '../src/domain/migration.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { next, Refusal } from '../src/kernel/errors.ts';

export const command = defineCommand({
  verb: 'channel',
  summary: 'The channels in which this migration’s cards stand; add this one, or take one off',
  examples: ['/bsu channel', '/bsu channel here', '/bsu channel off=2'],
  who: ['e-rs-lead', 'administrator'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    what: z.enum(['list', 'here']).default('list').meta({ label: 'What', word: 'list|here', form: 'never' }),
    off: z.coerce.number().int().min(1).optional().meta({
      label: 'Number of the channel to take off, as the list has it',
      field: 'number',
      form: 'never',
    }),
  }),
  async run(ctx, input) {
    const migration = ctx.migration as Migration;
    if (input.off !== undefined) return takeOff(ctx, migration, input.off);
    if (input.what === 'here') return addHere(ctx, migration);
    return shown(ctx, migration, null);
  },
});

async function addHere(ctx: CommandContext, migration: Migration) {
  const here = ctx.channel;
  if (here === null) {
    throw new Refusal(
      'no-channel',
      'A migration’s cards stand in a channel that its team reads, and this is none. Type it in that channel.',
      { remedy: [next('The channels', 'channel')] },
    );
  }
  const bound = await ctx.store.migrations.byChannel(here);
  if (bound && bound.id !== migration.id) {
    throw new Refusal(
      'channel-taken',
      `This channel is the one of another migration (${bound.name}). Use a channel of its own, or have its e-RS lead take it off there.`,
      { remedy: [next('The channels', 'channel')] },
    );
  }
  if (bound === null) {
    await ctx.store.migrations.bind(here, migration.id, ctx.now.toString());
    ctx.record({ act: 'channel.added', about: `migration:${migration.id}`, facts: { ...here } });
    await showWhatIsLive(ctx, migration);
  }
  return shown(ctx, migration, 'added');
}

/** The new channel gets the cards of what is under way. */
async function showWhatIsLive(ctx: CommandContext, { id }: Migration): Promise<void> {
  const plans = await ctx.store.plans.list(id);
  for (const plan of plans.filter(({ state }) => isLive(state))) ctx.touch(`plan:${plan.id}`);
  const run = await ctx.store.runs.live(id);
  if (run) ctx.touch(`run:${run.id}`);
}

async function takeOff(ctx: CommandContext, migration: Migration, number: number) {
  const channels = await ctx.store.migrations.channels(migration.id);
  const channel = channels[number - 1];
  if (channel === undefined) {
    throw new Refusal('no-such-channel', `There is no channel ${number}: the list has ${channels.length}.`, {
      remedy: [next('The channels', 'channel')],
      fields: { off: 'Not in the list.' },
    });
  }
  if (channels.length === 1) {
    throw new Refusal(
      'last-channel',
      'This is the only channel of the migration: without one nobody hears what happens. Add another first, by /bsu channel here in it.',
    );
  }
  await ctx.store.migrations.unbind(channel);
  ctx.record({ act: 'channel.taken-off', about: `migration:${migration.id}`, facts: { ...channel } });
  return shown(ctx, migration, 'taken-off');
}

async function shown(ctx: CommandContext, migration: Migration, done: ChannelsFacts['done']) {
  const [channels, troubles] = await Promise.all([
    ctx.store.migrations.channels(migration.id),
    ctx.store.channelTroubles.list(migration.id),
  ]);
  const facts: ChannelsFacts = {
    migration: migration.name,
    zone: migration.zone,
    done,
    channels: channels.map((channel) => {
      const trouble = troubles.find((each) => isSame(each, channel));
      return {
        platform: channel.platform,
        channelId: channel.channelId,
        here: ctx.channel !== null && isSame(ctx.channel, channel),
        trouble: trouble ? { problem: trouble.problem, since: trouble.since } : null,
      };
    }),
  };
  const here = facts.channels.some((channel) => channel.here);
  const add = ctx.channel === null || here ? [] : [next('Add this channel', 'channel', { what: 'here' })];
  return answer('channels', facts, { next: [...add, next('Where it stands', 'status')] });
}

function isSame(a: Omit<ChannelRef, 'platform'> & { platform: string }, b: typeof a): boolean {
  return a.platform === b.platform && a.tenant === b.tenant && a.channelId === b.channelId;
}
