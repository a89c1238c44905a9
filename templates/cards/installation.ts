import type { HelpAnswers } from '../../src/domain/answers.ts';
import type { CardsFor } from './cards-for.ts';

export const helpCards = {
  help: (facts) => ({
    headline: 'What you can ask for',
    body: [
      {
        kind: 'list',
        items: facts.verbs.map((verb) => `${verb.examples[0] ?? `/bsu ${verb.verb}`}: ${verb.summary}`),
      },
      ...(facts.contacts.length > 0 ? [{ kind: 'facts' as const, facts: facts.contacts }] : []),
    ],
    actions: [],
  }),
} satisfies CardsFor<HelpAnswers>;
