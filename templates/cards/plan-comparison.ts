import type { Card } from '../../src/card/card.ts';
import type { PlanAnswers } from '../../src/domain/plan-answers.ts';
import type { PlanDifferenceKind } from '../../src/domain/plan-comparison.ts';
import { counted } from '../../src/kernel/time-words.ts';

export const DIFFERENCE_WORDS = {
  gone: 'gone from the import',
  'not-bookable': 'no longer directly bookable',
  'linked-otherwise': 'linked otherwise now',
  new: 'new, and the selection would take it',
  'only-here': 'only in the first',
  'only-there': 'only in the second',
  'moves-otherwise': 'moves otherwise in the second',
} as const satisfies Record<PlanDifferenceKind, string>;

export function comparisonCard(facts: PlanAnswers['plan.compared']): Card {
  const { number, against, counts, first } = facts;
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const other = `${against.kind} ${against.number}`;
  return {
    headline:
      all === 0
        ? `Plan ${number} and ${other} agree on ${counted(facts.services, 'service')}`
        : `Plan ${number} and ${other} differ in ${counted(all, 'service')}`,
    tone: all === 0 ? 'good' : 'warning',
    body:
      all === 0
        ? []
        : [
            {
              kind: 'list',
              items: counts.map(({ what, count }) => `${counted(count, 'service')}: ${DIFFERENCE_WORDS[what]}`),
            },
            {
              kind: 'table',
              columns: ['Service', 'Name', 'Site', 'What'],
              rows: first.map(({ serviceId, name, site, what, detail }) => [
                serviceId,
                name,
                site,
                detail === '' ? DIFFERENCE_WORDS[what] : `${DIFFERENCE_WORDS[what]}: ${detail}`,
              ]),
            },
          ],
    actions: [],
    ...(all > first.length ? { last: `The first ${first.length}; all of them are in the file` } : {}),
  };
}
