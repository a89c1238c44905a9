import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { act } from './running/act.ts';
import { continueStopped, GROUP_SECONDS } from './running/begin.ts';
import { refuseClosedGate } from './running/gates.ts';
import { goOnGuided } from './running/guided.ts';
import { newestRun, planOf, shown } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'resume',
  summary: 'Go on with a paused run, or with a stopped one in an open window',
  examples: ['/bsu resume', '/bsu resume reason="The supplier fixed it"'],
  who: ['service-definer', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    reason: z.string().min(3).max(300).optional().meta({ label: 'Why, in the amber hours', field: 'text', rest: true }),
  }),
  async run(ctx, input) {
    const run = await newestRun(ctx);
    if (run.state === 'running' || run.state === 'rolling-back') {
      return shown(ctx, run.id, { notice: 'It is running already.' });
    }
    const reason = input.reason ?? run.amberReason;
    if (run.state === 'stopped') {
      const counts = await ctx.store.runItems.counts(run.id, run.direction);
      await continueStopped(ctx, run, await planOf(ctx, run), counts.pending, input.reason ?? null);
    } else if (run.state === 'paused') {
      await refuseClosedGate(ctx, { ...run, amberReason: reason }, GROUP_SECONDS);
      await ctx.store.runs.setWindow(run.id, run.window, reason);
    }
    await goOnGuided(ctx, run);
    await act(ctx, run, { kind: 'continue' }, { reason: input.reason ?? null });
    return shown(ctx, run.id);
  },
});
