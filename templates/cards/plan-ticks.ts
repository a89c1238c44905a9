import type { Card } from '../../src/card/card.ts';
import type { PlanAnswers } from '../../src/domain/plan-answers.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';

export function screenCard(facts: PlanAnswers['plan.screen']): Card {
  const { site, leftOut } = facts;
  if (facts.differs) return differsCard(facts);
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

/** How many the import lists is not said: the next look is to be a look, too. */
function differsCard(facts: PlanAnswers['plan.screen']): Card {
  const { site, acceptedBecause } = facts;
  const lists = `The screen lists ${counted(facts.counted, 'service')} at ${site}, and the import does not list as many.`;
  return {
    headline: acceptedBecause === null ? `Site ${site} differs from the import` : `Site ${site} differs, and may`,
    tone: acceptedBecause === null ? 'stop' : 'warning',
    body: [
      {
        kind: 'text',
        text:
          acceptedBecause === null
            ? `${lists} Services may have been created or ended since. The run is not open until somebody looks again and they match, a newer import is planned, or the reason is given why it does not matter.`
            : `${lists} It does not matter because: ${acceptedBecause}. The services of this site are ticked singly.`,
      },
    ],
    actions:
      acceptedBecause === null ? [{ kind: 'do', label: 'I looked again…', verb: 'screen', input: { site } }] : [],
  };
}
