/** At most one message a second in a channel (Slack's limit, and a reader's): who comes next waits for its turn. */
export interface PostingPace {
  /** Resolves when a message may go to this channel; the next one's turn is a second later. */
  turn(channel: string): Promise<void>;
}

const BETWEEN_MS = 1_000;

/** `now` in milliseconds; `sleep` waits that many. */
export function postingPace(now: () => number, sleep: (milliseconds: number) => Promise<unknown>): PostingPace {
  const free = new Map<string, number>();
  return {
    async turn(channel) {
      const at = now();
      const mine = Math.max(at, free.get(channel) ?? 0);
      for (const [each, when] of free) if (when <= at) free.delete(each);
      free.set(channel, mine + BETWEEN_MS);
      if (mine > at) await sleep(mine - at);
    },
  };
}
