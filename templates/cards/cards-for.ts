import type { Card } from '../../src/card/card.ts';

/** One template a code of a noun's answers: facts in, card out. */
export type CardsFor<A> = { readonly [C in keyof A]: (facts: A[C]) => Card };
