import type { Card } from '../../src/card/card.ts';
import type { MappingFacts } from '../../src/domain/notice-answers.ts';
import { counted } from '../../src/kernel/time-words.ts';

/** How many practices have a commissioner of today, and which codes have none. */
export function mappingCard(facts: MappingFacts): Card {
  const { listed, notListed, unmapped } = facts;
  const words = ({ codes, practices }: MappingFacts['listed']) =>
    `${counted(practices, 'practice')} of ${counted(codes, 'code')}`;
  return {
    headline: headlineOf(facts),
    tone: facts.codes > 0 && unmapped.codes + notListed.codes === 0 ? 'good' : 'warning',
    body: [
      ...(facts.kept === null
        ? []
        : [
            {
              kind: 'text' as const,
              text: `${counted(facts.kept, 'line')} read${facts.wrong > 0 ? `; ${facts.wrong} were left out, see the file` : ''}.`,
              weight: 'strong' as const,
            },
          ]),
      {
        kind: 'facts',
        facts: [
          { label: 'Told', value: `${words(listed)}: their commissioner is on the list today` },
          ...(notListed.codes > 0
            ? [{ label: 'Not told', value: `${words(notListed)}: their commissioner is not on the list today` }]
            : []),
          ...(unmapped.codes > 0
            ? [
                {
                  label: 'Not mapped',
                  value: `${words(unmapped)}: ${unmapped.first.map((one) => one.code).join(', ')}${unmapped.codes > unmapped.first.length ? ' and more, see the file' : ''}`,
                },
              ]
            : []),
          ...(facts.sources.length > 0 ? [{ label: 'Sources', value: facts.sources.join('; ') }] : []),
        ],
      },
      {
        kind: 'text',
        text: 'The practice file names bodies from before the integrated care boards, and nothing in it says which board took their place. So this table is yours: each line says where it is written. Practices without a line are told through a list only.',
        weight: 'quiet',
      },
    ],
    actions: [],
  };
}

function headlineOf({ codes, lines, unmapped }: MappingFacts): string {
  if (codes === 0) return 'No practice file is imported yet, so there is nothing to map';
  if (lines === 0) return `${counted(codes, 'code')} of the practice file: no table of today’s commissioners yet`;
  if (unmapped.codes === 0) return `All ${counted(codes, 'code')} of the practice file have a commissioner today`;
  return `${codes - unmapped.codes} of ${counted(codes, 'code')} of the practice file have a commissioner today`;
}
