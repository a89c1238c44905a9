import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';

export const command = defineCommand({
  verb: 'help',
  summary: 'What you can ask for, or one verb explained',
  examples: ['/bsu help', '/bsu help plan'],
  who: 'known',
  menu: 'team',
  needsMigration: false,
  input: z.object({
    about: z.string().optional().meta({ label: 'Verb', word: '[a-z]+' }),
  }),
  async run(ctx, input) {
    const asked = ctx.verbs.filter(({ verb }) => verb === input.about);
    const shown = asked.length > 0 ? asked : ctx.verbs;
    const contacts = ctx.migration?.contacts;
    return answer('help', {
      verbs: shown.map(({ verb, summary, examples }) => ({ verb, summary, examples })),
      contacts: contacts
        ? [
            { label: 'e-RS support', value: contacts.ersSupport },
            { label: 'Outage notifications', value: contacts.outageSignUp },
            { label: 'Test environment', value: contacts.testEnvironment },
            { label: 'PAS supplier tonight', value: contacts.pasSupplier },
          ].filter(({ value }) => value !== '')
        : [],
    });
  },
});
