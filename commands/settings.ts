import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { DEFAULT_SETTINGS, type Settings } from '../src/domain/migration.ts';
import { next, Refusal } from '../src/kernel/errors.ts';

type NumberSetting = { [Name in keyof Settings]: Settings[Name] extends number | null ? Name : never }[keyof Settings];
const NAMES = Object.keys(DEFAULT_SETTINGS).filter((name): name is NumberSetting => name !== 'policy');

export const command = defineCommand({
  verb: 'settings',
  summary: "This migration's settings, each with where it comes from",
  examples: ['/bsu settings', '/bsu settings verificationReserveMinutes 45'],
  who: ['administrator', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    name: z.string().optional().meta({ label: 'Setting', word: '[a-zA-Z]{4,}' }),
    value: z.coerce.number().min(0).max(100_000).optional().meta({ label: 'New value', word: '\\d+(\\.\\d+)?' }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    let settings = migration.settings;
    if (input.name !== undefined) {
      const name = NAMES.find((each) => each.toLowerCase() === input.name?.toLowerCase());
      if (!name || input.value === undefined) {
        throw new Refusal('unknown-setting', `Name one of these and a number: ${NAMES.join(', ')}.`, {
          remedy: [next('Show all', 'settings')],
        });
      }
      refuseTooSmall(name, input.value);
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
      ],
    });
  },
});

/** Shorter than that, a practice plan that still counts would have lost what it was made from (rule 7). */
const LEAST_DAYS: Partial<Record<NumberSetting, number>> = { snapshotKeepDays: 30 };

function refuseTooSmall(name: NumberSetting, value: number): void {
  const least = LEAST_DAYS[name] ?? 0;
  if (value >= least) return;
  throw new Refusal('setting-too-small', `${name} is at least ${least}: what is deleted does not come back.`, {
    fields: { value: `Give ${least} or more.` },
    remedy: [next('Show all', 'settings')],
  });
}

function sourceOf(settings: Settings, name: NumberSetting): 'default' | 'set for this migration' {
  return settings[name] === DEFAULT_SETTINGS[name] ? 'default' : 'set for this migration';
}
