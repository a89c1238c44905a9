import type { Reason, Stop } from './verdict.ts';

interface StopTimes {
  readonly from: number;
  readonly to: number;
  readonly reason: Reason;
}

export interface Stops {
  /** The reasons in force: half-open, so that a stop ending at 9pm lets 9pm go. */
  at(at: number): readonly Reason[];
  /** The first beginning or end of a stop after an instant; infinity after the last. */
  nextEdge(at: number): number;
  /** Stopped from then on, as far as is known. */
  endless(at: number): boolean;
}

/** Freezes, incidents and planned outages by instant (epoch milliseconds). What holds between two edges is worked out once. */
export function stopsAt(stops: readonly Stop[]): Stops {
  const times = withSharedReasons(stops.map(timesOf));
  const edges = [...new Set(times.flatMap((stop) => [stop.from, stop.to]))].sort((a, b) => a - b);
  const between = [NOTHING, ...edges.map((edge) => reasonsAt(times, edge))];
  const endlessFrom = Math.min(
    ...times.filter((stop) => stop.to === Number.POSITIVE_INFINITY).map((stop) => stop.from),
  );
  return {
    at: (at) => between[edgesUpTo(edges, at)] ?? NOTHING,
    nextEdge: (at) => edges[edgesUpTo(edges, at)] ?? Number.POSITIVE_INFINITY,
    endless: (at) => at >= endlessFrom,
  };
}

const NOTHING: readonly Reason[] = [];

function reasonsAt(times: readonly StopTimes[], at: number): readonly Reason[] {
  return [...new Set(times.filter((stop) => at >= stop.from && at < stop.to).map((stop) => stop.reason))];
}

/** How many edges lie at or before an instant. */
function edgesUpTo(edges: readonly number[], at: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Stops that say the same share one reason object: intervals are merged by identity. */
function withSharedReasons(times: readonly StopTimes[]): readonly StopTimes[] {
  const shared = new Map<string, Reason>();
  return times.map((stop) => {
    const key = JSON.stringify(stop.reason);
    const reason = shared.get(key) ?? stop.reason;
    shared.set(key, reason);
    return { ...stop, reason };
  });
}

function timesOf(stop: Stop): StopTimes {
  return {
    from: Temporal.Instant.from(stop.from).epochMilliseconds,
    to: stop.to === null ? Number.POSITIVE_INFINITY : Temporal.Instant.from(stop.to).epochMilliseconds,
    reason: { rule: stop.rule, source: stop.source, text: stop.text },
  };
}
