import type { CommandContext } from '../../src/command.ts';
import { type ItemState, leftByHand, QUIET_MINUTES, type Run } from '../../src/domain/run.ts';
import { closing } from '../../src/domain/run-closing.ts';
import { mayRun } from '../../src/domain/run-decide.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { act, touch } from './act.ts';
import { refuseClosedByHand } from './by-hand.ts';
import { isClaimed } from './claims.ts';
import { lateWords } from './late.ts';

export async function claimOne(ctx: CommandContext, run: Run, serviceId: string): Promise<string> {
  await refuseNotLeft(ctx, run, serviceId);
  await claim(ctx, run, serviceId);
  ctx.record({ act: 'run.manual.claimed', about: `run:${run.id}`, facts: { service: serviceId } });
  return `Service ${serviceId} is yours. Change it in e-RS, look at it, then say done.`;
}

export async function releaseOne(ctx: CommandContext, run: Run, serviceId: string): Promise<string> {
  if (!(await ctx.store.runItems.release(run.id, serviceId, ctx.person.id))) {
    throw new Refusal('not-yours', `Service ${serviceId} is not claimed by you.`, {
      remedy: [next('The board', 'manual')],
    });
  }
  ctx.record({ act: 'run.manual.released', about: `run:${run.id}`, facts: { service: serviceId } });
  return `Service ${serviceId} is free again.`;
}

/** One service was changed by hand and looked at. */
export async function doneOne(ctx: CommandContext, run: Run, serviceId: string): Promise<string> {
  await refuseClosedByHand(ctx, run);
  await refuseNotLeft(ctx, run, serviceId);
  await claim(ctx, run, serviceId);
  await settle(ctx, run, [serviceId]);
  return said(ctx, `Service ${serviceId} is done by hand.`);
}

/** All that is left, at once; the person confirmed that each was changed. What somebody else has taken stays theirs. */
export async function doneAll(ctx: CommandContext, run: Run): Promise<string> {
  await refuseClosedByHand(ctx, run);
  const left = await ctx.store.runItems.inStates(run.id, leftByHand(run), Number.MAX_SAFE_INTEGER);
  const others = left.filter((one) => isClaimed(one, ctx.now) && one.claimedBy !== ctx.person.id);
  const mine = left.filter((one) => !others.includes(one)).map(({ serviceId }) => serviceId);
  const done = await settle(ctx, run, mine);
  const theirs =
    others.length === 0 ? '' : ` ${counted(others.length, 'service')} that others have taken: theirs to say.`;
  return said(ctx, `${counted(done, 'service')} done by hand.${theirs}`);
}

function said(ctx: CommandContext, words: string): string {
  return [words, lateWords(ctx)].filter((one) => one !== '').join(' ');
}

async function settle(ctx: CommandContext, run: Run, services: readonly string[]): Promise<number> {
  const to: ItemState = run.direction === 'undo' ? 'undone' : 'done-by-hand';
  const moved = await ctx.store.runItems.move(run.id, {
    from: leftByHand(run),
    to,
    direction: run.direction,
    services,
    doneBy: ctx.person.id,
    ...(ctx.enteredAt ? { recordedAt: ctx.enteredAt.toString() } : {}),
    at: ctx.now.toString(),
  });
  ctx.record({ act: 'run.manual.done', about: `run:${run.id}`, facts: { services: moved, to }, hash: run.planHash });
  touch(ctx, run);
  const action = closing(run, await ctx.store.runItems.counts(run.id, run.direction));
  const over = action?.kind === 'all-settled' || action?.kind === 'all-undone';
  if (action !== null && over && mayRun(run, action.kind)) await act(ctx, run, action);
  return moved.length;
}

async function claim(ctx: CommandContext, run: Run, serviceId: string): Promise<void> {
  const quietSince = ctx.now.subtract({ minutes: QUIET_MINUTES }).toString();
  const now = ctx.now.toString();
  if (await ctx.store.runItems.claim(run.id, serviceId, ctx.person.id, now, quietSince)) {
    touch(ctx, run);
    return;
  }
  const item = await ctx.store.runItems.one(run.id, serviceId);
  const by = item?.claimedBy ? await ctx.store.people.byId(item.claimedBy) : null;
  throw new Refusal(
    'claimed',
    `Service ${serviceId} is being done by ${by?.name ?? 'somebody else'}. Take another one.`,
    {
      remedy: [next('The board', 'manual')],
    },
  );
}

async function refuseNotLeft(ctx: CommandContext, run: Run, serviceId: string): Promise<void> {
  const item = await ctx.store.runItems.one(run.id, serviceId);
  if (item === null) {
    throw new Refusal('unknown-service', `Service ${serviceId} is not in this run.`, {
      remedy: [next('The board', 'manual')],
    });
  }
  if ((leftByHand(run) as readonly ItemState[]).includes(item.state)) return;
  throw new Refusal('not-left', `Service ${serviceId} is not left for a person: it is ${STATE_WORDS[item.state]}.`, {
    remedy: [next('The board', 'manual')],
  });
}

const STATE_WORDS = {
  pending: 'still to be done by the run itself',
  applying: 'being changed or read back',
  applied: 'changed',
  confirmed: 'changed and confirmed',
  failed: 'failed',
  'needs-a-person': 'waiting for a person',
  'done-by-hand': 'done by hand already',
  undone: 'back on the old system',
} as const satisfies Record<ItemState, string>;
