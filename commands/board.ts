import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { migrationOf } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'board',
  summary: 'Your link to the board: one page where everything of this migration stands, and changes as it happens',
  examples: ['/bsu board'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({}),
  async run(ctx) {
    const { id, name, providerName } = migrationOf(ctx);
    return answer(
      'board.linked',
      { migration: name, provider: providerName },
      { pages: [{ label: 'Open the board', path: `/pages/${id}/board` }] },
    );
  },
});
