import type { Reason, Stop } from './verdict.ts';

interface StopTimes {
  readonly from: number;
  readonly to: number;
  readonly reason: Reason;
}

/** Freezes, incidents and planned outages by instant: half-open, so that one ending at 9pm lets 9pm go. */
export function stopsAt(stops: readonly Stop[]): { at(at: number): readonly Reason[]; endless(at: number): boolean } {
  const times = withSharedReasons(stops.map(timesOf));
  return {
    at: (at) => [...new Set(times.filter((stop) => at >= stop.from && at < stop.to).map((stop) => stop.reason))],
    endless: (at) => times.some((stop) => at >= stop.from && stop.to === Number.POSITIVE_INFINITY),
  };
}

/** The first beginning or end of a stop after an instant (epoch milliseconds); infinity after the last. */
export function edgesOf(stops: readonly Stop[]): (at: number) => number {
  const edges = [...new Set(stops.map(timesOf).flatMap((stop) => [stop.from, stop.to]))].sort((a, b) => a - b);
  return (at) => {
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((edges[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return edges[low] ?? Number.POSITIVE_INFINITY;
  };
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
