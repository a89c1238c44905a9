import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { next, Refusal } from '../src/kernel/errors.ts';

const ASID = /^\d{12}$/;
const asid = (what: string) => z.string().regex(ASID, `${what} is an ASID: 12 digits, leading zeros included.`);

export const command = defineCommand({
  verb: 'start',
  summary: 'Start a PAS migration in this channel',
  examples: ['/bsu start name="New PAS 2027" provider=XR1 providerName="The trust" from=200000000220 to=200000001337'],
  who: ['administrator'],
  menu: 'team',
  needsMigration: false,
  input: z.object({
    name: z.string().min(3).max(80).meta({ label: 'Name of the migration', field: 'text', rest: true }),
    provider: z
      .string()
      .regex(/^[A-Za-z0-9]{1,9}$/, 'An ODS code has 1 to 9 letters and digits.')
      .transform((code) => code.toUpperCase())
      .meta({ label: 'ODS code of the provider', field: 'text' }),
    providerName: z.string().min(3).max(120).meta({ label: 'Name of the provider', field: 'text' }),
    from: z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter(Boolean))
      .pipe(z.array(asid('Each old provider system')).min(1))
      .meta({
        label: 'ASID of each old provider system',
        hint: 'Several: commas between them',
        field: 'text',
        holds: 'asid',
      }),
    to: asid('The new provider system').meta({
      label: 'ASID of the new provider system',
      field: 'text',
      holds: 'asid',
    }),
    newOrg: z
      .string()
      .regex(/^[A-Za-z0-9]{1,9}$/, 'An ODS code has 1 to 9 letters and digits.')
      .optional()
      .meta({ label: 'New organisation, only if services change it (a merger)', field: 'text', form: 'ask' }),
    zone: z.string().default('Europe/London').meta({ label: 'Time zone', field: 'text' }),
  }),
  async run(ctx, input) {
    refuseZone(input.zone);
    if (input.from.includes(input.to)) {
      throw new Refusal(
        'same-system',
        'The new provider system is also named as an old one. Give two different ASIDs.',
        {
          fields: { to: 'This is also an old provider system.' },
        },
      );
    }
    if (ctx.channel && (await ctx.store.migrations.byChannel(ctx.channel))) {
      throw new Refusal(
        'channel-taken',
        'This channel has a migration already. Start the new one in a channel of its own.',
        {
          remedy: [next('Show it', 'status')],
        },
      );
    }
    const now = ctx.now.toString();
    const migration = await ctx.store.migrations.start(
      {
        name: input.name,
        providerOrg: input.provider,
        providerName: input.providerName,
        oldAsids: input.from,
        newAsid: input.to,
        newOrg: input.newOrg?.toUpperCase() ?? null,
        zone: input.zone,
      },
      ctx.person.id,
      now,
    );
    if (ctx.channel) await ctx.store.migrations.bind(ctx.channel, migration.id, now);
    await ctx.store.people.grant(ctx.person.id, migration.id, 'e-rs-lead', ctx.person.id, now);
    ctx.record({
      act: 'migration.started',
      about: `migration:${migration.id}`,
      facts: { provider: migration.providerOrg, from: migration.oldAsids, to: migration.newAsid, zone: migration.zone },
    });
    return answer(
      'migration.started',
      {
        migration: migration.name,
        provider: `${migration.providerName} (${migration.providerOrg})`,
        from: migration.oldAsids,
        to: migration.newAsid,
        zone: migration.zone,
      },
      { next: [next('Add people', 'grant'), next('Import the extract', 'import')] },
    );
  },
});

/** Rule 11: an unknown zone would be closed for ever; better said at once. */
function refuseZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw new Refusal('unknown-zone', `"${zone}" is not a time zone I know. England is "Europe/London".`, {
      fields: { zone: 'Use a name like Europe/London.' },
    });
  }
}
