import type { Direction, ItemState } from './run.ts';

export type ItemCounts = Readonly<Record<ItemState, number>>;

export const NO_ITEMS: ItemCounts = {
  pending: 0,
  applying: 0,
  applied: 0,
  confirmed: 0,
  failed: 0,
  'needs-a-person': 0,
  'done-by-hand': 0,
  undone: 0,
};

export interface Progress {
  readonly total: number;
  /** On the target, one way or the other. */
  readonly done: number;
  /** Still to do by the run itself. */
  readonly open: number;
  /** For the manual board. */
  readonly left: number;
}

/** Counts in one glance; of an undo's own counts, done is what is back on the old system. */
export function progressOf(counts: ItemCounts, direction: Direction): Progress {
  const forward = counts.applied + counts.confirmed + counts['done-by-hand'];
  return {
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    done: direction === 'undo' ? counts.undone : forward,
    open: counts.pending + counts.applying,
    left: counts.failed + counts['needs-a-person'],
  };
}

/** Seconds until the open ones are done, by the pace since the run last began to go on; null before anything was done then. */
export function secondsLeft(done: number, open: number, since: string, now: Temporal.Instant): number | null {
  if (done <= 0 || open === 0) return null;
  const elapsed = now.epochMilliseconds - Temporal.Instant.from(since).epochMilliseconds;
  return Math.max(0, Math.ceil(((elapsed / done) * open) / 1000));
}
