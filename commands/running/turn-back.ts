import type { Answer, CommandContext } from '../../src/command.ts';
import { itemMove, type Run, type UndoRequest } from '../../src/domain/run.ts';
import { RUN_STATE_WORDS } from '../../src/domain/run-decide.ts';
import { groupNumbers } from '../../src/domain/run-groups.ts';
import { firstPlace } from '../../src/domain/run-guided.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';
import { act } from './act.ts';
import { leaveOpenUpdate, nextGroup } from './guided.ts';
import { lateWords } from './late.ts';
import { migrationOf, newestRun, planOf, shown } from './run-of.ts';

/**
 * The run of the plan whose card was pressed. Where no plan is named, the one that holds the migration; several that are being
 * verified are never guessed among. One run at a time goes on in a migration, so another that holds it is first in the way.
 */
export async function runToUndo(ctx: CommandContext, plan: number | undefined): Promise<Run> {
  const { id } = migrationOf(ctx);
  const live = await ctx.store.runs.live(id);
  if (plan === undefined) {
    if (live !== null) return live;
    const several = (await ctx.store.plans.list(id)).filter(({ state }) => state === 'verifying');
    if (several.length < 2) return newestRun(ctx);
    const words = several.map(({ number }) => `plan ${number}`).join(' and ');
    throw new Refusal('which-plan', `Several plans have run and are being verified: ${words}. Say which goes back.`, {
      remedy: several.slice(0, 4).map(({ number }) => next(`Undo plan ${number}`, 'undo', { plan: String(number) })),
    });
  }
  const named = await ctx.store.plans.current(id, plan);
  const run = await ctx.store.runs.latest(id, named.id);
  if (run === null) {
    throw new Refusal('no-run', `Plan ${plan} has not been run, so there is nothing to take back.`, {
      remedy: [next('Show the plan', 'show', { plan: String(plan) })],
    });
  }
  if (live === null || live.id === run.id) return run;
  const { number } = await planOf(ctx, live);
  throw new Refusal(
    'run-state',
    `Plan ${number} is ${RUN_STATE_WORDS[live.state]}, and only one run of a migration goes on at a time. Bring it to its end first; then plan ${plan} can go back.`,
    { remedy: [next('The run', 'run')] },
  );
}

/** An undo is possible only while the old PAS answers, outside working hours, and with nothing in doubt (rule 18). */
export async function refuseUndo(ctx: CommandContext, run: Run): Promise<void> {
  const { oldPasUntil, zone } = migrationOf(ctx);
  const way =
    run.direction === 'undo'
      ? next('Stay on the new system', 'undo', { what: 'stay' })
      : next('Manual board', 'manual');
  const manual = [way, next('Tell people it takes longer', 'send', { kind: 'extended' })];
  if (oldPasUntil === null) {
    throw new Refusal('old-pas', 'Nobody has said until when the old PAS answers, so nothing can go back to it.', {
      remedy: [next('Set it', 'outage'), ...manual].slice(0, 2),
    });
  }
  if (Temporal.Instant.compare(ctx.now, oldPasUntil) >= 0) {
    const words = `The old PAS answered until ${inWords(oldPasUntil, zone)}. What is on the new system stays there; what is left is done by hand.`;
    throw new Refusal('old-pas', words, { remedy: manual });
  }
  if (run.direction === 'undo') return;
  const counts = await ctx.store.runItems.counts(run.id, 'forward');
  if (counts.applying > 0) {
    throw new Refusal(
      'in-doubt',
      `${counted(counts.applying, 'service')} may or may not have been changed and ${counts.applying === 1 ? 'is' : 'are'} being read back. Ask again once that is known.`,
      { remedy: [next('The run', 'run')] },
    );
  }
  const mayBeMoved = counts.applied + counts.confirmed + counts['done-by-hand'] + counts['needs-a-person'];
  if (mayBeMoved === 0) {
    throw new Refusal('nothing-to-undo', 'The run has not changed any service, so there is nothing to take back.');
  }
}

/**
 * Agreed: everything that was moved is to go back, one by one where it is still what the run left (rule 18). In closed hours it
 * waits for the next opening: a bulk update back keeps rule 12's hours too.
 */
export async function turnBack(ctx: CommandContext, run: Run, undo: UndoRequest): Promise<Answer> {
  const { window, waitsFor } = await undoWindow(ctx);
  await ctx.store.runs.setUndo(run.id, undo);
  await ctx.store.runs.setWindow(run.id, window, undo.reasonWithoutAnswer ?? 'agreed undo');
  await ctx.store.runItems.turnBack(run.id, run.executor, ctx.now.toString());
  const items = await ctx.store.runItems.inStates(run.id, ['pending'], 100_000);
  const going = items.map((item) => ({ ...item, ...itemMove(item) }));
  await ctx.store.runItems.regroup(run.id, groupNumbers(going));
  if (run.guided !== null) await ctx.store.runs.setPlace(run.id, firstPlace(ctx.now));
  const back = await act(ctx, run, { kind: 'undo' }, { ...undo, services: going.length });
  if (going.length === 0) {
    await nextGroup(ctx, back);
  } else if (waitsFor !== null) {
    const words = `Rolling back, waits for the next opening: ${inWords(waitsFor, migrationOf(ctx).zone)}. Verify by hand meanwhile, and tell people that it takes longer.`;
    await act(ctx, back, { kind: 'pause', reason: 'not-open', words });
  }
  return shown(ctx, run.id, {
    notice: [
      lateWords(ctx),
      going.length === 0 ? BY_HAND : `${counted(going.length, 'service')} going back to the old system.`,
    ]
      .filter((one) => one !== '')
      .join(' '),
  });
}

const BY_HAND = 'No service is known to be on the new system. Look at each one that is listed, on the manual board.';

/** From now until it closes, or, where it is closed now, from the next opening; never beyond the old PAS. Refuses "old-pas". */
export async function undoWindow(ctx: CommandContext): Promise<{ window: Run['window']; waitsFor: string | null }> {
  const migration = migrationOf(ctx);
  const { judgement, closesAt, nextOpening } = await ctx.store.runGates.hoursNow(migration, ctx.now, ctx.bankHolidays);
  const { oldPasUntil } = migration;
  if (judgement.verdict !== 'closed') {
    const until = [closesAt, oldPasUntil ?? closesAt].sort(Temporal.Instant.compare)[0] ?? closesAt;
    return { window: { from: ctx.now.toString(), to: until }, waitsFor: null };
  }
  if (nextOpening === null || oldPasUntil === null || Temporal.Instant.compare(nextOpening, oldPasUntil) >= 0) {
    const stands = judgement.reasons.find(({ rule }) => rule === 'freeze' || rule === 'incident');
    if (stands !== undefined && oldPasUntil !== null) {
      const words = `Not now. ${stands.text} It can go back once that is lifted, until the old PAS goes off: ${inWords(oldPasUntil, migration.zone)}.`;
      const lift =
        stands.rule === 'freeze' ? next('Lift it', 'unfreeze') : next('It is over', 'incident', { what: 'over' });
      throw new Refusal(stands.rule, words, { remedy: [lift, next('Why?', 'why')] });
    }
    const why = judgement.reasons[0]?.text ?? 'It is closed now.';
    throw new Refusal('working-hours', `Not now. ${why} The old PAS does not answer any more when it opens again.`, {
      remedy: [next('Manual board', 'manual'), next('Tell people it takes longer', 'send', { kind: 'extended' })],
    });
  }
  return { window: { from: nextOpening, to: oldPasUntil }, waitsFor: nextOpening };
}

/**
 * The old PAS went off before all was back (rule 18): nothing goes back to it any more. What went back is for people, who set
 * it to the new system on the manual board; no automation sends it again.
 */
export async function stayForward(ctx: CommandContext, run: Run): Promise<Answer> {
  const { oldPasUntil, zone } = migrationOf(ctx);
  if (run.state === 'rolled-back') {
    throw new Refusal('run-state', 'All of it is back on the old system already.', {
      remedy: [next('Tell people that it was taken back', 'send', { kind: 'rolled-back' })],
    });
  }
  if (oldPasUntil !== null && Temporal.Instant.compare(ctx.now, oldPasUntil) < 0) {
    throw new Refusal(
      'run-state',
      `It is going back, and the old PAS answers until ${inWords(oldPasUntil, zone)}. Go on with it, or do what is left on the manual board.`,
      { remedy: [next('Go on', 'resume'), next('Manual board', 'manual')] },
    );
  }
  await leaveOpenUpdate(ctx, run);
  const { applying, applied } = await ctx.store.runItems.counts(run.id, 'undo');
  if (applying + applied > 0) {
    throw new Refusal(
      'in-doubt',
      `${counted(applying + applied, 'service')} being read back. Ask again once that is known.`,
      {
        remedy: [next('The run', 'run')],
      },
    );
  }
  await ctx.store.runItems.stayForward(run.id, run.executor, ctx.now.toString());
  await ctx.store.runs.setUndo(run.id, null);
  await act(ctx, run, { kind: 'stay' }, { undo: run.undo });
  const words = 'Nothing else goes back. What went back is on the manual board, to be set to the new system by hand.';
  return shown(ctx, run.id, { notice: words }, [
    next('Manual board', 'manual'),
    next('Tell people it takes longer', 'send', { kind: 'extended' }),
  ]);
}
