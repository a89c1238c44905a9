/** Microsoft's limits for what a bot sends into one conversation: so many in so many seconds. */
const LIMITS = [
  { sends: 7, seconds: 1 },
  { sends: 8, seconds: 2 },
  { sends: 60, seconds: 30 },
  { sends: 1_800, seconds: 3_600 },
];

/** Counts sends a conversation; judges only where `enforce` was called, by the clock that was given. */
export class TeamsRates {
  readonly #sent = new Map<string, number[]>();
  #now: (() => number) | null = null;

  /** `now` in milliseconds. */
  enforce(now: () => number): void {
    this.#now = now;
    this.#sent.clear();
  }

  /** The seconds to wait where this send is one too many; null: it is taken, and counted. */
  judge(conversation: string): number | null {
    if (this.#now === null) return null;
    const at = this.#now();
    const sent = this.#sent.get(conversation) ?? [];
    const waits = LIMITS.map(({ sends, seconds }) => {
      const oldest = sent.at(-sends);
      return oldest === undefined ? 0 : oldest + seconds * 1_000 - at;
    });
    const wait = Math.max(...waits);
    if (wait > 0) return Math.ceil(wait / 1_000);
    this.#sent.set(conversation, [...sent, at]);
    return null;
  }
}
