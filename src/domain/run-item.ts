import type { ItemState, RunItem } from './run.ts';
import { itemMove, sameLink } from './run.ts';
import type { Link } from './service.ts';

/** From where to where an item may move (rule 16). */
export const ITEM_MOVES = {
  pending: ['applying', 'needs-a-person', 'done-by-hand', 'undone'],
  applying: ['applied', 'confirmed', 'failed', 'needs-a-person', 'pending', 'undone'],
  applied: ['confirmed', 'needs-a-person', 'pending', 'undone'],
  confirmed: ['pending'],
  failed: ['pending', 'needs-a-person', 'done-by-hand', 'undone'],
  'needs-a-person': ['pending', 'applying', 'done-by-hand', 'undone'],
  'done-by-hand': ['pending'],
  undone: [],
} as const satisfies Record<ItemState, readonly ItemState[]>;

export function mayItemMove(from: ItemState, to: ItemState): boolean {
  return (ITEM_MOVES[from] as readonly ItemState[]).includes(to);
}

/** What the outside says a service is linked to now. */
export interface ReadBack extends Link {
  readonly serviceId: string;
  /** The idempotency key that changed it last; null where none did, or where a person looked. */
  readonly lastKey: string | null;
}

export type ReadBackVerdict =
  | { readonly state: 'confirmed' | 'undone'; readonly reason: null }
  | { readonly state: 'pending'; readonly reason: null }
  | { readonly state: 'needs-a-person'; readonly reason: string };

/**
 * What an item in doubt becomes once it was read back (rule 15): on its target it is done, still where it was it may be
 * sent again with the same key, anywhere else a person has to look.
 */
export function judgeReadBack(
  item: Pick<RunItem, 'from' | 'to' | 'direction'>,
  key: string,
  found: ReadBack,
): ReadBackVerdict {
  const move = itemMove(item);
  if (sameLink(found, move.to)) return { state: item.direction === 'forward' ? 'confirmed' : 'undone', reason: null };
  if (sameLink(found, move.from) && found.lastKey !== key) return { state: 'pending', reason: null };
  const where = `${found.organisation} and system ${found.asid}`;
  return {
    state: 'needs-a-person',
    reason: sameLink(found, move.from)
      ? `It was changed and then changed back: it is on ${where}.`
      : `It is on ${where}, which is neither where it was nor where it should go.`,
  };
}
