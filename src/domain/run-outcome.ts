import type { RunItem } from './run.ts';
import { itemMove, sameLink } from './run.ts';
import type { ReadBack } from './run-item.ts';

/** What an automation said of one service. */
export type SaidOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly why: string };

export interface NextItemState {
  readonly state: 'applied' | 'failed' | 'needs-a-person' | 'applying';
  readonly reason: string | null;
  readonly inDoubt: boolean;
}

/** What an item becomes by an answer; an unknown one stays `applying` and is read back (rule 15). */
export function afterAnswer(item: Pick<RunItem, 'direction'>, said: SaidOutcome): NextItemState {
  if (said.kind === 'applied') return { state: 'applied', reason: null, inDoubt: false };
  if (said.kind === 'unknown') return { state: 'applying', reason: said.why, inDoubt: true };
  const state = item.direction === 'forward' ? 'failed' : 'needs-a-person';
  return { state, reason: said.reason, inDoubt: false };
}

/** What an undo finds before it acts: only where the provider system is still what the run left is it turned back (rule 18). */
export function beforeUndo(
  item: Pick<RunItem, 'from' | 'to' | 'direction'>,
  found: ReadBack,
): 'turn-back' | 'already-back' | 'somewhere-else' {
  const move = itemMove(item);
  if (sameLink(found, move.from)) return 'turn-back';
  return sameLink(found, move.to) ? 'already-back' : 'somewhere-else';
}

/** Seconds to wait before the same request again: what was asked for, and longer each time, at most a minute more. */
export function waitBeforeRetry(askedSeconds: number, attempts: number): number {
  return Math.max(askedSeconds, Math.min(60, 2 ** Math.max(0, attempts - 1)));
}
