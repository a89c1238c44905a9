import { inTime } from './in-time.ts';

/** Work that has begun and is not over, so that stopping can wait for it. */
export class InFlight {
  readonly #open = new Set<Promise<unknown>>();

  track<T>(work: Promise<T>): Promise<T> {
    this.#open.add(work);
    const forget = () => this.#open.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Resolves when nothing is under way any more, or after so many milliseconds: what hangs must not hold us. */
  async settled(atMost: number): Promise<void> {
    await inTime(this.#allSettled(), atMost);
  }

  async #allSettled(): Promise<void> {
    while (this.#open.size > 0) await Promise.allSettled(this.#open);
  }
}
