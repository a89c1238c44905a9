import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { ROLE_WORDS } from '../src/domain/role.ts';
import { next } from '../src/kernel/errors.ts';

export const command = defineCommand({
  verb: 'status',
  summary: 'Where this migration is, what blocks it, what waits for you',
  examples: ['/bsu', '/bsu status'],
  who: 'known',
  menu: 'team',
  needsMigration: false,
  input: z.object({}),
  async run(ctx) {
    const { migration, person, roles } = ctx;
    const you = { name: person.name, roles: roles.map((role) => ROLE_WORDS[role]) };
    if (!migration) {
      return answer(
        'status',
        {
          migration: null,
          zone: 'Europe/London',
          where: 'No migration here yet',
          plans: [],
          blocks: [],
          waitsForYou: [],
          you,
        },
        { next: [next('Start a migration', 'start'), next('Help', 'help')] },
      );
    }
    return answer(
      'status',
      {
        migration: migration.name,
        zone: migration.zone,
        where: `${migration.providerName} moves from ${migration.oldAsids.join(', ')} to ${migration.newAsid}`,
        plans: [],
        blocks: [],
        waitsForYou: [],
        you,
      },
      { next: [next('Import the extract', 'import'), next('Help', 'help')] },
    );
  },
});
