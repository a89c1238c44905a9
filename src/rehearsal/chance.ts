/** Repeatable chance: the same seed gives the same answers in the same order. */
export interface Chance {
  /** True with this probability, 0 to 1. Rates of 0 use up nothing. */
  happens(rate: number): boolean;
}

export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { happens: (rate) => rate > 0 && draw() < rate };
}
