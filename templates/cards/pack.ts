import type { PackAnswers } from '../../src/domain/pack.ts';
import { counted } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const packCards = {
  'pack.made': (facts) => ({
    headline: `Evidence pack of plan ${facts.plan}: ${counted(facts.services, 'service')}, ${counted(facts.events, 'event')} of the record`,
    tone: 'good',
    body: [
      {
        kind: 'text',
        text: 'One page that is read and printed without a network, and the same as JSON. No patient data, no addresses of recipients.',
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Its hash', value: facts.hash },
          { label: 'Head', value: facts.head },
        ],
      },
      {
        kind: 'text',
        weight: 'quiet',
        text: `Anybody checks it on any machine, without our database: npm run -s bsu -- audit verify ${facts.name}.html`,
      },
    ],
    actions: [],
  }),
  exported: (facts) => ({
    headline: `Exported ${facts.migration}: ${counted(facts.rows, 'row')} of ${counted(facts.tables, 'table')}, ${counted(facts.events, 'event')}`,
    tone: 'good',
    body: [
      {
        kind: 'text',
        text: 'The file holds addresses of recipients and telephones of the team: keep it as you keep those. The rows of imported files are not in it; you have the files.',
      },
      { kind: 'facts', facts: [{ label: 'Head', value: facts.head }] },
    ],
    actions: [],
  }),
} satisfies CardsFor<PackAnswers>;
