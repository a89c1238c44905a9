/** The time, passed in: nothing but this file asks the machine for it. */
export interface Clock {
  /** The present instant, rounded to whole milliseconds (the databases keep no more of it alike). */
  now(): Temporal.Instant;
}

export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
};

/** A clock that stands still until it is set; for tests and for judging a planned time. */
export function fixedClock(start: string): Clock & { set(instant: string): void } {
  let at = Temporal.Instant.from(start).round('millisecond');
  return {
    now: () => at,
    set: (instant) => {
      at = Temporal.Instant.from(instant).round('millisecond');
    },
  };
}

/** The system clock moved by an offset in milliseconds: the rehearsal's domain clock, which goes forwards only. */
export function offsetClock(base: Clock, offset: () => number): Clock {
  return { now: () => base.now().add({ milliseconds: offset() }) };
}
