import type { BoardAnswers } from '../../src/domain/board.ts';
import type { CardsFor } from './cards-for.ts';

export const boardCards = {
  'board.linked': ({ migration, provider }) => ({
    headline: `The board of ${migration}`,
    body: [
      {
        kind: 'text',
        text: `Where ${provider} stands, what blocks it and what waits for whom, on one page that follows what happens.`,
      },
    ],
    actions: [],
  }),
} satisfies CardsFor<BoardAnswers>;
