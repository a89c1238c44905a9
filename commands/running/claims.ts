import type { CommandContext } from '../../src/command.ts';
import { type ItemState, QUIET_MINUTES, type Run, type RunItem } from '../../src/domain/run.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { firstInWords } from '../../src/kernel/list-words.ts';
import { clockInWords } from '../../src/kernel/time-words.ts';
import { migrationOf } from './run-of.ts';

/** Somebody took it on the manual board, and not so long ago that it is offered again (rule 17). */
export function isClaimed({ claimedBy, claimedAt }: RunItem, now: Temporal.Instant): boolean {
  return claimedBy !== null && claimedAt !== null && Temporal.Instant.compare(quietFrom(claimedAt), now) > 0;
}

/**
 * The run takes no service that a person is changing by hand at this moment: it would be changed twice, and what the person saw
 * would not be what stands (rules 16, 17). Refuses "claimed", with who has them and from when they count as left.
 */
export async function refuseClaimed(
  ctx: CommandContext,
  run: Run,
  states: readonly ItemState[],
  named?: readonly string[],
): Promise<void> {
  const items = await ctx.store.runItems.inStates(run.id, states, Number.MAX_SAFE_INTEGER);
  const claimed = items.filter((one) => isClaimed(one, ctx.now) && (named?.includes(one.serviceId) ?? true));
  if (claimed.length === 0) return;
  const people = new Map<number, string>();
  for (const { claimedBy } of claimed) {
    if (claimedBy !== null && !people.has(claimedBy))
      people.set(claimedBy, (await ctx.store.people.byId(claimedBy))?.name ?? 'somebody');
  }
  const words = claimed.map(({ serviceId, claimedBy }) => `${serviceId} (${people.get(claimedBy ?? 0)})`);
  const last =
    claimed
      .map(({ claimedAt }) => claimedAt ?? '')
      .sort()
      .at(-1) ?? '';
  const from = clockInWords(quietFrom(last), migrationOf(ctx).zone);
  throw new Refusal(
    'claimed',
    `People are changing services by hand: ${firstInWords(words)}. Each says done or gives it back on the manual board first; from ${from} the run can go on with whatever was left quiet.`,
    { remedy: [next('Manual board', 'manual'), next('The run', 'run')] },
  );
}

function quietFrom(claimedAt: string): Temporal.Instant {
  return Temporal.Instant.from(claimedAt).add({ minutes: QUIET_MINUTES });
}
