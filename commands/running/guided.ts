import type { Answer, CommandContext } from '../../src/command.ts';
import type { GuidedPlace, Run } from '../../src/domain/run.ts';
import { closing } from '../../src/domain/run-closing.ts';
import { mayRun } from '../../src/domain/run-decide.ts';
import {
  type GuidedAction,
  type GuidedDecision,
  type GuidedEffect,
  guide,
  placeAt,
} from '../../src/domain/run-guided.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { act, touch } from './act.ts';
import { lateWords } from './late.ts';
import { migrationOf, shown } from './run-of.ts';

/** From pressing Update until it is read back. */
const UPDATE_SECONDS = 3 * 60;

/** One step of a guided run: decided, written, recorded with who and when (rule 15). */
export async function guidedStep(ctx: CommandContext, run: Run, action: GuidedAction): Promise<Answer> {
  const place = run.guided;
  if (place === null) {
    throw new Refusal('not-guided', 'This run is carried out by your automation; there are no steps to confirm.', {
      remedy: [next('The run', 'run')],
    });
  }
  const { group } = await ctx.store.runViews.group(run, place.group);
  const decision = guide(place, group, action, ctx.person.id, ctx.now);
  if (decision.effect.kind === 'intend' && (await holdAtClosedGate(ctx, run))) return shown(ctx, run.id);
  await ctx.store.runs.setPlace(run.id, decision.place);
  await ctx.store.runSteps.add(run.id, {
    direction: run.direction,
    group: place.group,
    step: place.step,
    what: action.kind,
    personId: ctx.person.id,
    at: ctx.now.toString(),
    seconds: secondsSince(place, ctx.now),
    recordedAt: ctx.enteredAt?.toString() ?? null,
  });
  ctx.record({
    act: `run.step.${action.kind}`,
    about: `run:${run.id}`,
    facts: {
      ...action,
      at: place.step,
      group: place.group,
      seconds: secondsSince(place, ctx.now),
      effect: decision.effect,
    },
    hash: run.planHash,
  });
  touch(ctx, run);
  return effectOf(ctx, run, place, decision);
}

async function effectOf(
  ctx: CommandContext,
  run: Run,
  place: GuidedPlace,
  { effect }: GuidedDecision,
): Promise<Answer> {
  const { notice } = await write(ctx, run, place, effect);
  const words = [lateWords(ctx), notice ?? ''].filter((one) => one !== '').join(' ');
  return shown(ctx, run.id, words === '' ? {} : { notice: words });
}

/** What the effect changes in the ledger; gives what the card says first. */
async function write(
  ctx: CommandContext,
  run: Run,
  place: GuidedPlace,
  effect: GuidedEffect,
): Promise<{ notice?: string }> {
  const move = (
    from: 'pending' | 'applying' | 'applied',
    to: Parameters<typeof ctx.store.runItems.move>[1]['to'],
    reason?: string,
  ) =>
    ctx.store.runItems.move(run.id, {
      from: [from],
      to,
      group: place.group,
      direction: run.direction,
      ...(reason === undefined ? {} : { reason }),
      at: ctx.now.toString(),
    });
  const [left, wanted] = run.direction === 'forward' ? ['old', 'new'] : ['new', 'old'];
  switch (effect.kind) {
    case 'none':
    case 'wrong-count':
      return {};
    case 'intend':
      await move('pending', 'applying');
      return {};
    case 'applied':
      await move('applying', 'applied');
      return {};
    case 'cleared':
      await move('applying', 'pending');
      return { notice: 'Press Clear on the screen too: it leaves without changing anything.' };
    case 'group-confirmed': {
      const done = await move('applied', run.direction === 'forward' ? 'confirmed' : 'undone');
      await nextGroup(ctx, run);
      return { notice: `${counted(done.length, 'service')} confirmed.` };
    }
    case 'update-failed':
      await move('applying', 'needs-a-person', 'Update showed an error on the screen: look at this service first.');
      return stopFor(ctx, run, 'Update showed an error on the screen.');
    case 'set-aside': {
      const aside = await setAside(ctx, run, place, effect.serviceId);
      const { items } = await ctx.store.runViews.group(run, place.group);
      if (items.length === 0) await nextGroup(ctx, run);
      return aside;
    }
    case 'still-old':
      await move('applied', 'needs-a-person', `After Update a service of this group still showed the ${left} system.`);
      return stopFor(ctx, run, `After Update, service ${effect.serviceId} did not show the ${wanted} provider system.`);
  }
}

/** Rule 18: only where the provider system is still what the run left; the others are for a person. */
async function setAside(
  ctx: CommandContext,
  run: Run,
  place: GuidedPlace,
  service: string,
): Promise<{ notice: string }> {
  if (run.direction !== 'undo') {
    throw new Refusal(
      'guided-step',
      'That is asked on the way back only. A service that should not be ticked stops the run: press Clear.',
    );
  }
  const moved = await ctx.store.runItems.move(run.id, {
    from: ['pending'],
    to: 'needs-a-person',
    services: [service],
    group: place.group,
    direction: run.direction,
    reason: 'It shows another system than the run left: look before it is changed.',
    at: ctx.now.toString(),
  });
  if (moved.length === 0) throw new Refusal('guided-service', `Service ${service} is not in this group.`);
  return { notice: `Service ${service} is left as it is, for a person. Do not tick it.` };
}

async function stopFor(ctx: CommandContext, run: Run, words: string): Promise<{ notice: string }> {
  await nextGroup(ctx, run, false);
  // A way back that is paused already waits as it is.
  if (!mayRun(run, 'stop')) return { notice: `${words} The manual board lists every service to look at.` };
  await act(ctx, run, { kind: 'stop', reason: 'failure-threshold', words });
  return { notice: 'The run has stopped. The manual board lists every service to look at.' };
}

/** Goes to the first group that still has something to do; where none has, the run is closed as the ledger says. */
export async function nextGroup(ctx: CommandContext, run: Run, close = true): Promise<void> {
  const { open, last } = await ctx.store.runItems.groups(run.id, run.direction);
  await ctx.store.runs.setPlace(run.id, placeAt(open ?? last, open === null ? 'finished' : 'filter', ctx.now));
  if (open !== null || !close) return;
  const action = closing(run, await ctx.store.runItems.counts(run.id, run.direction));
  if (action !== null && mayRun(run, action.kind)) await act(ctx, run, action);
}

/** At a closed gate the run is held before Update, with the reason (rule 13). True where it was. */
async function holdAtClosedGate(ctx: CommandContext, run: Run): Promise<boolean> {
  const verdict = await ctx.store.runGates.batch(run, migrationOf(ctx), ctx.now, ctx.bankHolidays, UPDATE_SECONDS);
  if (verdict.may) return false;
  const { code, text: words } = verdict;
  if (code === 'freeze' || code === 'incident') await act(ctx, run, { kind: 'pause', reason: code, words });
  else await act(ctx, run, { kind: 'stop', reason: code === 'window-closing' ? code : 'not-open', words });
  return true;
}

function secondsSince(place: GuidedPlace, now: Temporal.Instant): number {
  return Math.round((now.epochMilliseconds - Temporal.Instant.from(place.since).epochMilliseconds) / 1000);
}

/** A guided run that is left while Update was open: nobody knows whether it was pressed, so each of the group is looked at. */
export async function leaveOpenUpdate(ctx: CommandContext, run: Run): Promise<void> {
  if (run.guided === null) return;
  await ctx.store.runItems.move(run.id, {
    from: ['applying', 'applied'],
    to: 'needs-a-person',
    reason: 'The run was stopped around Update: look at what this service shows.',
    at: ctx.now.toString(),
  });
}

/** A guided run that goes on after a stop begins at the first group that has something to do. */
export async function goOnGuided(ctx: CommandContext, run: Run): Promise<void> {
  if (run.guided !== null && run.state === 'stopped') await nextGroup(ctx, run, false);
}
