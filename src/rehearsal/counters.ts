/** The witness: what really happened in the world, counted where it happens. */
export interface Counters {
  count(what: Counted): void;
  /** One change of one service that took effect, by whoever asked for it. */
  applied(change: AppliedChange): void;
  view(): CountersView;
  reset(): void;
}

export type Counted =
  | 'requests'
  | 'screen.updates'
  | 'screen.refused'
  | 'byHand.updates'
  | 'automation.requests'
  | 'automation.batches'
  | 'automation.readBacks'
  | 'automation.errors'
  | 'automation.lostAnswers'
  | 'automation.repeatedKeys'
  | 'automation.conflicts'
  | 'automation.unsigned'
  | 'polls.manual'
  | 'bookings.made'
  | 'bookings.cancelled'
  | 'bookings.failed'
  | 'slots.removed'
  | 'slack.calls'
  | 'slack.rateLimited'
  | 'slack.lostAnswers';

export interface AppliedChange {
  readonly serviceId: string;
  /** "screen", "by-hand", or the idempotency key of the automation. */
  readonly by: string;
  /** True where the service was linked like this already: nothing needed doing. */
  readonly again: boolean;
}

export interface CountersView {
  /** How often each service was changed in each direction: "forward", "undo", "screen", "by-hand". */
  readonly applied: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly appliedTotal: number;
  /** Services to which one key was applied more than once, or a second key changed nothing any more. */
  readonly appliedTwice: number;
  /** Services that the screen or a hand changed to what they were already. */
  readonly changedToTheSame: number;
  readonly events: Readonly<Record<string, number>>;
}

export function createCounters(): Counters {
  const events = new Map<string, number>();
  const applied = new Map<string, Map<string, number>>();
  const keys = new Map<string, number>();
  const twice = new Set<string>();
  const same = new Set<string>();
  return {
    count: (what) => add(events, what),
    applied: (change) => {
      const direction = directionOf(change.by);
      const ofService = applied.get(change.serviceId) ?? new Map<string, number>();
      applied.set(change.serviceId, ofService);
      add(ofService, direction);
      const isKey = direction === 'forward' || direction === 'undo';
      if (isKey && (add(keys, change.by) > 1 || change.again)) twice.add(change.serviceId);
      if (!isKey && change.again) same.add(change.serviceId);
    },
    view: () => ({
      applied: Object.fromEntries([...applied].map(([id, counts]) => [id, Object.fromEntries(counts)])),
      appliedTotal: [...applied.values()].flatMap((counts) => [...counts.values()]).reduce((sum, n) => sum + n, 0),
      appliedTwice: twice.size,
      changedToTheSame: same.size,
      events: Object.fromEntries(events),
    }),
    reset: () => {
      for (const memory of [events, applied, keys, twice, same]) memory.clear();
    },
  };
}

/** The key of a service is "m1:SERVICE:forward:1" (or "undo"); anything else says itself. */
function directionOf(by: string): string {
  const direction = by.split(':')[2];
  return direction === 'forward' || direction === 'undo' ? direction : by.includes(':') ? 'forward' : by;
}

function add(counts: Map<string, number>, what: string): number {
  const count = (counts.get(what) ?? 0) + 1;
  counts.set(what, count);
  return count;
}
