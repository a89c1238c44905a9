import type { Card } from '../../src/card/card.ts';
import type { PlanAnswers } from '../../src/domain/plan-answers.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { diffCard } from './plan-diff.ts';
import { planName } from './plan-words.ts';

/** In chat the whole of a plan is its counts; the services stand on the page. */
export function wholeCard(facts: PlanAnswers['plan.whole']): Card {
  return {
    headline: `${planName(facts.plan)}: ${facts.words}`,
    ...(facts.plan.code ? { code: facts.plan.code } : {}),
    body: [{ kind: 'list', items: facts.organisations.flatMap(({ sites }) => sites.map(siteLine)) }],
    actions: [],
    last: `From import ${facts.snapshot}`,
  };

  function siteLine({ site, taken, refused, leftOut }: (typeof facts.organisations)[number]['sites'][number]): string {
    const rest = [
      ...(refused > 0 ? [`${refused} refused`] : []),
      ...(leftOut > 0 ? [`${leftOut} left on the old system`] : []),
    ];
    return [`${facts.names[site] ?? site}: ${counted(taken, 'service')}`, ...rest].join(', ');
  }
}

export function differenceCard({ diff }: PlanAnswers['plan.difference']): Card {
  return diffCard(diff);
}
