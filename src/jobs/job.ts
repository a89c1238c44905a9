import type { Store } from '../store/store.ts';

/** What the clock asks for. It only touches the database, in one transaction with the note that it was done. */
export interface Job {
  readonly name: string;
  /** The latest time, at or before `now`, at which this was due. Missed times are not made up for: the latest says it all. */
  lastDue(now: Temporal.Instant): Temporal.Instant;
  run(store: Store, now: Temporal.Instant): Promise<void>;
}

/** Due at every whole multiple of so many minutes. */
export function everyMinutes(minutes: number): Job['lastDue'] {
  const length = minutes * 60_000;
  return (now) => Temporal.Instant.fromEpochMilliseconds(Math.floor(now.epochMilliseconds / length) * length);
}
