import type { Next } from '../../../src/kernel/errors.ts';

/** Facts as a verb answered them in the tests' office, for each answer code: none can be left out. */
export type SamplesFor<A> = {
  readonly [C in keyof A]: readonly [CardSample<A[C]>, ...CardSample<A[C]>[]];
};

export interface CardSample<F> {
  /** What the picture shows, in a few words. */
  readonly what: string;
  readonly facts: F;
  readonly next?: readonly Next[];
}
