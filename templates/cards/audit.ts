import type { AuditAnswers } from '../../src/domain/audit.ts';
import { inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const auditCards = {
  'audit.verified': (facts) => ({
    headline:
      facts.faults.length === 0
        ? `✔ The record is whole: ${facts.rows} events follow one another unaltered`
        : `✖ The record was altered: ${facts.faults.length} faults in ${facts.rows} events`,
    tone: facts.faults.length === 0 ? 'good' : 'stop',
    body: [
      {
        kind: 'facts',
        facts: [
          { label: 'Chain', value: facts.chain },
          { label: 'Head', value: facts.head },
          { label: 'Kept by', value: facts.kept },
        ],
      },
      { kind: 'list', items: facts.faults.slice(0, 20).map((fault) => `Event ${fault.seq}: ${fault.what}`) },
      {
        kind: 'text',
        weight: 'quiet',
        text: facts.outsideHead
          ? `Compared with the head noted outside, ${facts.outsideHead}.`
          : 'Without a head noted outside, a cut end or a complete rewrite cannot be seen: give head=HASH from the channel.',
      },
    ],
    actions: [],
  }),
  'audit.listed': (facts) => ({
    headline: `The last ${facts.events.length} of ${facts.total} events`,
    body: [
      {
        kind: 'table',
        columns: ['No.', 'When', 'Who', 'What', 'About'],
        rows: facts.events.map((event) => [
          String(event.seq),
          inWords(event.at, facts.zone),
          event.who,
          event.act,
          event.about,
        ]),
      },
    ],
    actions: [],
  }),
} satisfies CardsFor<AuditAnswers>;
