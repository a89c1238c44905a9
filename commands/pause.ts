import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { act } from './running/act.ts';
import { newestRun, shown } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'pause',
  summary: 'Pause the run between two batches; anyone with a role may',
  examples: ['/bsu pause', '/bsu pause the new PAS is slow'],
  who: 'member',
  menu: 'team',
  needsMigration: true,
  input: z.object({
    reason: z.string().max(300).optional().meta({ label: 'Why', field: 'text', rest: true, form: 'ask' }),
  }),
  async run(ctx, input) {
    const run = await newestRun(ctx);
    if (run.state === 'paused') return shown(ctx, run.id, { notice: 'It is paused already.' });
    const words = input.reason === undefined ? `${ctx.person.name} paused it.` : `${ctx.person.name}: ${input.reason}.`;
    // The record has who it was by their number.
    await act(ctx, run, { kind: 'pause', reason: 'asked', words }, { words: input.reason ?? '' });
    return shown(ctx, run.id);
  },
});
