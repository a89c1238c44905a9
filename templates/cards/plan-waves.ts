import type { Card } from '../../src/card/card.ts';
import type { PlanAnswers } from '../../src/domain/plan-answers.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';

export function wavesCard({ waves, zone }: PlanAnswers['plan.waves']): Card {
  return {
    headline: waves.length === 0 ? 'No wave is kept yet' : `${counted(waves.length, 'wave')} kept`,
    body:
      waves.length === 0
        ? [{ kind: 'text', text: 'Keep a selection under a name: /bsu wave "Wave 1" site=RXX01' }]
        : [
            {
              kind: 'list',
              items: waves.map(({ name, words, by, at }) => `${name}: ${words} (${by}, ${inWords(at, zone)})`),
            },
          ],
    actions: waves
      .slice(0, 5)
      .map(({ name }) => ({ kind: 'do', label: `Plan ${name}`, verb: 'plan', input: { wave: name } })),
  };
}
