import type { CommandContext } from '../../src/command.ts';
import type { Run } from '../../src/domain/run.ts';
import { type Call, calledPeople, callWords } from '../../src/domain/run-call.ts';
import { decideRun, RUN_STATE_WORDS, type RunAction, runEnded } from '../../src/domain/run-decide.ts';
import { planSteps } from '../../src/domain/run-plan.ts';
import { progressOf } from '../../src/domain/run-progress.ts';
import { migrationOf, planOf } from './run-of.ts';

/** Decides for a person and saves all of it: run, plan, record, card and call for help (rules 19, 27). */
export async function act(
  ctx: CommandContext,
  run: Run,
  action: RunAction,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<Run> {
  const decision = decideRun(run, action, ctx.now);
  await ctx.store.runs.save(run.id, decision);
  // Going on answers an undo that was only asked for: it stays.
  const dropped = action.kind === 'continue' && run.direction === 'forward' ? run.undo : null;
  if (dropped !== null) await ctx.store.runs.setUndo(run.id, null);
  await moveThePlan(ctx, run, decision);
  const words = 'words' in action ? action.words : '';
  ctx.record({
    act: `run.${action.kind}`,
    about: `run:${run.id}`,
    facts: { state: decision.state, words, ...(dropped === null ? {} : { undoDropped: dropped }), ...facts },
    hash: run.planHash,
  });
  touch(ctx, run);
  if (runEnded(decision.state)) ctx.milestone(`plan:${run.planId}`, `the run is ${RUN_STATE_WORDS[decision.state]}`);
  const after: Run = { ...run, state: decision.state, direction: decision.direction, hold: decision.hold };
  if (decision.call !== null) await call(ctx, after, decision.call, words);
  return after;
}

/** The run's card and the plan's show the newest state. */
export function touch(ctx: CommandContext, run: Run): void {
  ctx.touch(`run:${run.id}`);
  ctx.touch(`plan:${run.planId}`);
}

/** One new message in the thread that names whom it needs (rule 19). */
export async function call(ctx: CommandContext, run: Run, what: Call, words: string): Promise<void> {
  const plan = await planOf(ctx, run);
  const message = callWords(what, {
    planNumber: plan.number,
    progress: progressOf(await ctx.store.runItems.counts(run.id, run.direction), run.direction),
    words,
    closesAt: run.window.to,
    zone: migrationOf(ctx).zone,
  });
  ctx.call(`run:${run.id}`, message, calledPeople(what, run, await ctx.store.people.holders(run.migrationId)));
}

async function moveThePlan(ctx: CommandContext, run: Run, decision: Pick<Run, 'state' | 'direction'>): Promise<void> {
  const plan = await planOf(ctx, run);
  const words = `the run is ${RUN_STATE_WORDS[decision.state]}`;
  for (const state of planSteps(plan.state, decision)) {
    await ctx.store.plans.moveTo(plan.id, state, { personId: ctx.person.id, at: ctx.now.toString(), words });
  }
  // The checks' card appears with the first thing to check (rule 25).
  if (decision.state === 'verifying') ctx.touch(`verification:${plan.id}`);
}
