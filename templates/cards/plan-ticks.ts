import type { Card } from '../../src/card/card.ts';
import type { PlanAnswers } from '../../src/domain/plan-answers.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';

export function screenCard(facts: PlanAnswers['plan.screen']): Card {
  const { site, leftOut } = facts;
  return {
    headline: facts.whole
      ? `Site ${site} is one tick until ${inWords(facts.until, facts.zone)}`
      : `Site ${site} was compared`,
    tone: facts.whole ? 'good' : 'warning',
    body: [
      {
        kind: 'text',
        text: facts.whole
          ? 'The screen lists what the plan holds. A service created after this look would be ticked with the site: compare again if one was.'
          : leftOut > 0
            ? `The screen lists what the import does, but plan ${facts.number} leaves ${counted(leftOut, 'service')} of them out, so the others are ticked singly.`
            : 'It holds one service, which is its own tick.',
      },
    ],
    actions: [],
  };
}
