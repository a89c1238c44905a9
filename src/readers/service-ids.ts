const SLOTS = 2 ** 21;
const MOST = 1_000_000;

/**
 * The service ids that a file has had, with the line of each, in a fixed 24 MB whatever the file's size: what a duplicate
 * is named by. Holds a million; ten times the national extract.
 */
export class ServiceIds {
  readonly #ids = new Float64Array(SLOTS);
  readonly #lines = new Uint32Array(SLOTS);
  #size = 0;

  get full(): boolean {
    return this.#size >= MOST;
  }

  /** Remembers the id (at most 15 digits), or gives the line on which it stood before. */
  add(id: string, line: number): number | null {
    const key = Number(id) + 1;
    let slot = Math.imul(key % 0x7fffffff, 0x9e3779b1) >>> 11;
    for (;;) {
      const there = this.#ids[slot];
      if (there === key) return this.#lines[slot] ?? 0;
      if (there === 0) break;
      slot = (slot + 1) % SLOTS;
    }
    this.#ids[slot] = key;
    this.#lines[slot] = line;
    this.#size++;
    return null;
  }
}
