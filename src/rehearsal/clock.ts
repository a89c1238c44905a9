import type { Clock } from '../kernel/clock.ts';

/** The rehearsal's domain clock: the machine's time moved forwards. Nothing ever moves it back. */
export interface DomainClock extends Clock {
  /** By how many milliseconds it is ahead of the machine's clock. */
  offset(): number;
  /** Moves to an instant. Answers false, and moves nothing, where that instant has already gone by. */
  moveTo(instant: Temporal.Instant): boolean;
  /** Moves on by whole seconds above zero. */
  advance(seconds: number): boolean;
  /** Resolves with the offset when it differs from `known`, or after `waitMs`, whichever comes first. */
  changed(known: number, waitMs: number): Promise<number>;
  /** Lets all waiters go. */
  release(): void;
  /** Back to the machine's time, for a fresh rehearsal; lets all waiters go. */
  reset(): void;
}

export function domainClock(base: Clock): DomainClock {
  let offset = 0;
  let waiting: (() => void)[] = [];
  const release = (): void => {
    const all = waiting;
    waiting = [];
    for (const go of all) go();
  };
  const forward = (milliseconds: number): boolean => {
    if (!(milliseconds > 0)) return false;
    offset += Math.round(milliseconds);
    release();
    return true;
  };
  const now = (): Temporal.Instant => base.now().add({ milliseconds: offset });
  return {
    now,
    offset: () => offset,
    moveTo: (instant) => forward(instant.epochMilliseconds - now().epochMilliseconds),
    advance: (seconds) => forward(seconds * 1000),
    changed: async (known, waitMs) => {
      if (offset === known) await whicheverFirst(waitMs, (go) => waiting.push(go));
      return offset;
    },
    release,
    reset: () => {
      offset = 0;
      release();
    },
  };
}

function whicheverFirst(waitMs: number, listen: (go: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    listen(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
