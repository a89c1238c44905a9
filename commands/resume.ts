import { z } from 'zod';
import { type CommandContext, defineCommand } from '../src/command.ts';
import type { Run } from '../src/domain/run.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { inWords } from '../src/kernel/time-words.ts';
import { act } from './running/act.ts';
import { continueStopped, GROUP_SECONDS } from './running/begin.ts';
import { refuseClaimed } from './running/claims.ts';
import { refuseClosedGate } from './running/gates.ts';
import { goOnGuided } from './running/guided.ts';
import { migrationOf, newestRun, planOf, shown } from './running/run-of.ts';
import { refuseUndo, undoWindow } from './running/turn-back.ts';

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
    await refuseClaimed(ctx, run, ['pending']);
    const reason = input.reason ?? run.amberReason;
    if (run.state === 'stopped') {
      await continueStopped(ctx, run, await planOf(ctx, run), input.reason ?? null);
    } else if (run.state === 'paused' && run.direction === 'undo') {
      await openUndoWindow(ctx, run, reason);
    } else if (run.state === 'paused') {
      await refuseClosedGate(ctx, { ...run, amberReason: reason }, GROUP_SECONDS);
      await ctx.store.runs.setWindow(run.id, run.window, reason);
    }
    await goOnGuided(ctx, run);
    await act(ctx, run, { kind: 'continue' }, { reason: input.reason ?? null });
    return shown(ctx, run.id);
  },
});

/** An undo goes on whenever it is open while the old PAS answers (rule 18): it needs no reserved window. */
async function openUndoWindow(ctx: CommandContext, run: Run, reason: string | null): Promise<void> {
  await refuseUndo(ctx, run);
  const { window, waitsFor } = await undoWindow(ctx);
  const { zone } = migrationOf(ctx);
  if (waitsFor !== null) {
    throw new Refusal('working-hours', `Not now. It waits for the next opening: ${inWords(waitsFor, zone)}.`, {
      remedy: [next('Manual board', 'manual'), next('Why?', 'why')],
    });
  }
  await refuseClosedGate(ctx, { ...run, window, amberReason: reason }, GROUP_SECONDS);
  await ctx.store.runs.setWindow(run.id, window, reason);
}
