import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { DEFAULT_SETTINGS, type Migration, type Settings } from '../src/domain/migration.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { next, Refusal } from '../src/kernel/errors.ts';

type NumberSetting = { [Name in keyof Settings]: Settings[Name] extends number | null ? Name : never }[keyof Settings];
const NAMES = Object.keys(DEFAULT_SETTINGS).filter((name): name is NumberSetting => name !== 'policy');

export const command = defineCommand({
  verb: 'settings',
  summary: "This migration's settings, each with where it comes from",
  examples: ['/bsu settings', '/bsu settings verificationReserveMinutes 45', '/bsu settings here'],
  who: ['administrator', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    /** A migration may live in several channels, in Slack and in Teams: all show its cards. */
    channel: z.enum(['here']).optional().meta({ label: 'This channel too', word: 'here', form: 'never' }),
    name: z.string().optional().meta({ label: 'Setting', word: '[a-zA-Z]{4,}' }),
    value: z.coerce.number().min(0).max(100_000).optional().meta({ label: 'New value', word: '\\d+(\\.\\d+)?' }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    if (input.channel === 'here') await bindHere(ctx, migration);
    let settings = migration.settings;
    if (input.name !== undefined) {
      const name = NAMES.find((each) => each.toLowerCase() === input.name?.toLowerCase());
      if (!name || input.value === undefined) {
        throw new Refusal('unknown-setting', `Name one of these and a number: ${NAMES.join(', ')}.`, {
          remedy: [next('Show all', 'settings')],
        });
      }
      ctx.record({ act: 'setting.changed', about: name, facts: { from: settings[name], to: input.value } });
      settings = { ...settings, [name]: input.value };
      await ctx.store.migrations.setSettings(migration.id, settings);
    }
    return answer('settings', {
      settings: [
        ...NAMES.map((name) => ({
          name,
          value: String(settings[name] ?? 'no limit'),
          source: sourceOf(settings, name),
        })),
        {
          name: 'policy',
          value: settings.policy.map(({ role, count }) => `${count} ${role}`).join(', '),
          source: 'default' as const,
        },
        {
          name: 'channels',
          value: channelsInWords(await ctx.store.migrations.channels(migration.id)),
          source: 'set for this migration' as const,
        },
      ],
    });
  },
});

/** From now on this channel is the migration's too, and gets the cards of its live plans. */
async function bindHere(ctx: CommandContext, migration: Migration): Promise<void> {
  if (ctx.channel === null) {
    throw new Refusal(
      'no-channel',
      'Type this in the channel that is to show this migration, not in a chat of our own.',
    );
  }
  const bound = await ctx.store.migrations.byChannel(ctx.channel);
  if (bound && bound.id !== migration.id) {
    throw new Refusal('channel-taken', `This channel belongs to ${bound.name}. Use a channel of its own for this one.`);
  }
  if (bound) return;
  const now = ctx.now.toString();
  await ctx.store.migrations.bind(ctx.channel, migration.id, now);
  ctx.record({ act: 'channel.bound', about: `migration:${migration.id}`, facts: { platform: ctx.channel.platform } });
  for (const plan of await ctx.store.plans.list(migration.id)) if (isLive(plan.state)) ctx.touch(`plan:${plan.id}`);
}

const PLATFORM_WORDS: Readonly<Record<string, string>> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  chat: 'the chat page',
  cli: 'the command line',
};

function channelsInWords(channels: readonly { readonly platform: string }[]): string {
  const count = Object.groupBy(channels, ({ platform }) => platform);
  const words = Object.entries(count).map(([platform, list]) => {
    return `${list?.length} in ${PLATFORM_WORDS[platform] ?? platform}`;
  });
  return words.join(', ') || 'none: type /bsu settings here in one';
}

function sourceOf(settings: Settings, name: NumberSetting): 'default' | 'set for this migration' {
  return settings[name] === DEFAULT_SETTINGS[name] ? 'default' : 'set for this migration';
}
