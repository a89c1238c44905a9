import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { act, touch } from './running/act.ts';
import { continueStopped } from './running/begin.ts';
import { refuseClaimed } from './running/claims.ts';
import { goOnGuided } from './running/guided.ts';
import { newestRun, planOf, shown } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'retry',
  summary: 'Try the failed services again, and only those',
  examples: ['/bsu retry', '/bsu retry 7000001'],
  who: ['service-definer', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    services: z.string().optional().meta({ label: 'Service ids, else all that failed', field: 'text', rest: true }),
    reason: z.string().min(3).max(300).optional().meta({ label: 'Why, in the amber hours', field: 'text' }),
  }),
  async run(ctx, input) {
    const run = await newestRun(ctx);
    if (run.direction === 'undo') {
      throw new Refusal(
        'run-state',
        'This run goes back to the old system: what is left is done on the manual board.',
        {
          remedy: [next('Manual board', 'manual')],
        },
      );
    }
    const named = input.services?.split(/[\s,]+/).filter((id) => id !== '');
    await refuseClaimed(ctx, run, ['failed'], named);
    if (run.state === 'stopped') await refuseClaimed(ctx, run, ['pending']);
    const moved = await ctx.store.runItems.move(run.id, {
      from: ['failed'],
      to: 'pending',
      ...(named ? { services: named } : {}),
      reason: null,
      at: ctx.now.toString(),
    });
    if (moved.length === 0) {
      throw new Refusal('nothing-failed', 'None of these services failed, so there is nothing to try again.', {
        remedy: [next('Manual board', 'manual'), next('The run', 'run')],
      });
    }
    ctx.record({ act: 'run.retry', about: `run:${run.id}`, facts: { services: moved }, hash: run.planHash });
    touch(ctx, run);
    if (run.state === 'stopped') {
      await continueStopped(ctx, run, await planOf(ctx, run), input.reason ?? null);
      await goOnGuided(ctx, run);
      await act(ctx, run, { kind: 'continue' });
    }
    const notice = `${counted(moved.length, 'service')} will be tried again.`;
    return shown(ctx, run.id, { notice: run.state === 'paused' ? `${notice} The run is paused: resume it.` : notice });
  },
});
