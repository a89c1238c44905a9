import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { next } from '../src/kernel/errors.ts';
import { act } from './running/act.ts';
import { leaveOpenUpdate } from './running/guided.ts';
import { newestRun, shown } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'abort',
  summary: 'Stop the run part-way; what was changed stays, what is left is listed',
  examples: ['/bsu abort the supplier asked us to stop'],
  who: 'member',
  menu: 'none',
  needsMigration: true,
  input: z.object({
    reason: z.string().min(3).max(300).meta({ label: 'Why the run stops here', field: 'long-text', rest: true }),
  }),
  async run(ctx, input) {
    const run = await newestRun(ctx);
    if (run.state === 'stopped') return shown(ctx, run.id, { notice: 'It has stopped already.' });
    await leaveOpenUpdate(ctx, run);
    await act(
      ctx,
      run,
      { kind: 'stop', reason: 'aborted', words: `${ctx.person.name}: ${input.reason}.` },
      { words: input.reason },
    );
    return shown(ctx, run.id, {}, [next('Manual board', 'manual'), next('Undo', 'undo')]);
  },
});
