/** Work that has begun and is not over, so that stopping can wait for it. */
export class InFlight {
  readonly #open = new Set<Promise<unknown>>();

  track<T>(work: Promise<T>): Promise<T> {
    this.#open.add(work);
    const forget = () => this.#open.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#open.size > 0) await Promise.allSettled(this.#open);
  }
}
