/** How many mails may go now, so that all sendings of this installation together keep to the rate (rule 23). */
export interface MailPace {
  /** Of `wanted` mails at that rate, how many may go now; they count as gone. */
  take(wanted: number, perMinute: number | null): number;
  /** Milliseconds until the next may go. */
  wait(): number;
}

/** A late wake-up is caught up; after a longer pause the count begins anew: never a burst after a quiet hour. */
const CATCH_UP_MS = 1_000;

/** `now` in milliseconds by the machine's monotonic clock. */
export function mailPace(now: () => number): MailPace {
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    take(wanted, perMinute) {
      if (perMinute === null) return wanted;
      const gap = 60_000 / perMinute;
      const at = now();
      if (nextAt < at - CATCH_UP_MS) nextAt = at;
      const free = at < nextAt ? 0 : Math.floor((at - nextAt) / gap) + 1;
      const granted = Math.min(wanted, free);
      nextAt += granted * gap;
      return granted;
    },
    wait: () => Math.max(0, nextAt - now()),
  };
}
