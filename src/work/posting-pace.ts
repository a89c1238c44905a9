/** Where the next message goes; `edit`: it changes one that stands there. */
export interface Turn {
  readonly platform: string;
  readonly tenant: string;
  readonly channelId: string;
  readonly edit: boolean;
}

/** Who comes next waits for its turn: each platform allows so many messages in so many seconds. */
export interface PostingPace {
  /** Resolves with 0 when the message may go now, and counts it; else with the seconds after which it is worth asking again. */
  turn(turn: Turn): Promise<number>;
  /** The platform itself asked us to wait in this channel. */
  hold(turn: Omit<Turn, 'edit'>, seconds: number): void;
}

interface Limit {
  readonly of: 'channel' | 'tenant' | 'tenant-edits';
  readonly messages: number;
  readonly seconds: number;
}

/** One a second is Slack's limit for a channel, and a reader's. */
const ONE_A_SECOND: Limit = { of: 'channel', messages: 1, seconds: 1 };
/** The platforms' published limits (Slack: one a second in a channel, and its third tier for edits; Teams: of a bot in a conversation and in a tenant). */
const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  slack: [ONE_A_SECOND, { of: 'tenant-edits', messages: 50, seconds: 60 }],
  teams: [
    { of: 'channel', messages: 7, seconds: 1 },
    { of: 'channel', messages: 8, seconds: 2 },
    { of: 'channel', messages: 60, seconds: 30 },
    { of: 'channel', messages: 1_800, seconds: 3_600 },
    { of: 'tenant', messages: 50, seconds: 1 },
  ],
};
const OTHERS = [ONE_A_SECOND];
/** Who has to wait longer is let go of, so that nothing is held beyond its lease. */
const LONGEST_MS = 2_000;

/** `now` in milliseconds; `sleep` waits that many. Counts what this process sends. */
export function postingPace(now: () => number, sleep: (milliseconds: number) => Promise<unknown>): PostingPace {
  const sent = new Map<string, number[]>();
  const held = new Map<string, number>();

  /** The instant from which the limits allow one more. */
  const freeAt = (turn: Turn): number => {
    const instants = limitsOf(turn).map(({ key, messages, seconds }) => {
      const last = sent.get(key)?.at(-messages);
      return last === undefined ? 0 : last + seconds * 1_000;
    });
    return Math.max(held.get(channelKey(turn)) ?? 0, ...instants);
  };
  const count = (turn: Turn): void => {
    const at = now();
    const limits = limitsOf(turn);
    for (const key of new Set(limits.map((limit) => limit.key))) {
      const most = Math.max(...limits.filter((limit) => limit.key === key).map(({ messages }) => messages));
      sent.set(key, [...(sent.get(key) ?? []), at].slice(-most));
    }
    for (const [key, instants] of sent) if ((instants.at(-1) ?? 0) < at - OLDEST_MS) sent.delete(key);
    for (const [key, until] of held) if (until <= at) held.delete(key);
  };
  return {
    async turn(turn) {
      const latest = now() + LONGEST_MS;
      for (;;) {
        const free = freeAt(turn);
        if (free > latest) return Math.ceil((free - now()) / 1_000);
        if (free <= now()) {
          count(turn);
          return 0;
        }
        await sleep(free - now());
      }
    },
    hold(turn, seconds) {
      held.set(channelKey(turn), now() + seconds * 1_000);
    },
  };
}

const OLDEST_MS = 3_600_000;

function limitsOf(turn: Turn): (Limit & { readonly key: string })[] {
  return (LIMITS[turn.platform] ?? OTHERS)
    .filter(({ of }) => of !== 'tenant-edits' || turn.edit)
    .map((limit) => ({
      ...limit,
      key: limit.of === 'channel' ? channelKey(turn) : `${limit.of}:${turn.platform}:${turn.tenant}`,
    }));
}

function channelKey({ platform, tenant, channelId }: Omit<Turn, 'edit'>): string {
  return `${platform}:${tenant}:${channelId}`;
}
