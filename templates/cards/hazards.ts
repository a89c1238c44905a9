import type { Card, Part } from '../../src/card/card.ts';
import type { HazardAnswers, HazardLine, HazardsFacts } from '../../src/domain/hazard-log.ts';
import type { Risk } from '../../src/domain/hazard-risk.ts';
import { inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const hazardCards = {
  'hazards.shown': (facts) => (facts.chosen === null ? logCard(facts) : hazardCard(facts, facts.chosen)),
} satisfies CardsFor<HazardAnswers>;

function logCard(facts: HazardsFacts): Card {
  const { log, zone } = facts;
  const signed = log.signOffs.findLast(({ current }) => current);
  const older = log.signOffs.at(-1);
  const highest = Math.max(...log.hazards.map(({ risk }) => risk));
  return {
    headline: signed
      ? `✔ Hazard log: ${log.hazards.length} hazards, signed off by ${signed.by}`
      : `Hazard log: ${log.hazards.length} hazards, not signed off${older ? ' since it changed' : ''}`,
    code: log.code,
    tone: highest >= 4 ? 'stop' : signed ? 'good' : 'neutral',
    body: [
      ...notice(facts),
      {
        kind: 'table',
        columns: ['Hazard', 'Key', 'Risk left', 'Owner'],
        rows: log.hazards.map((one) => [one.title, one.key, risk(one.risk, one.residual), one.owner]),
      },
      {
        kind: 'text',
        weight: 'quiet',
        text: 'Risk from 1 to 5, likelihood × severity (DCB0129, DCB0160): 1 and 2 acceptable, 3 as low as can be, 4 and 5 not acceptable.',
      },
    ],
    actions:
      facts.maySign && !signed
        ? [
            {
              kind: 'do',
              label: 'Sign it off',
              verb: 'hazards',
              input: { what: 'sign', code: log.code },
              style: 'primary',
              confirm: {
                title: 'Hazard log',
                text: `Do you sign off these ${log.hazards.length} hazards with the risks that are left?`,
                yes: 'Sign it off',
              },
            },
          ]
        : [],
    ...(older ? { last: `last: ${older.by} signed it off, ${inWords(older.at, zone)}` } : {}),
  };
}

function hazardCard(facts: HazardsFacts, hazard: HazardLine): Card {
  return {
    headline: `${hazard.title}: risk left ${hazard.risk}`,
    tone: hazard.risk >= 4 ? 'stop' : hazard.risk === 3 ? 'warning' : 'neutral',
    body: [
      ...notice(facts),
      {
        kind: 'facts',
        facts: [
          { label: 'Harm', value: hazard.harm },
          { label: 'Cause', value: hazard.cause },
          { label: 'Owner', value: hazard.owner },
          { label: 'At first', value: words(hazard.initial) },
          { label: 'Left', value: words(hazard.residual) },
        ],
      },
      {
        kind: 'text',
        text: hazard.controls.length === 0 ? 'No control of the product.' : 'What the product does',
        weight: 'strong',
      },
      {
        kind: 'list',
        items: hazard.controls.map(({ rule, words: does, test }) => `${does} (rule ${rule}; proven by ${test.file})`),
      },
      {
        kind: 'list',
        items: hazard.notes.map(({ note, by, at }) => `${note} (${by}, ${inWords(at, facts.zone)})`),
      },
    ],
    actions: [],
  };
}

function notice({ notice: words }: HazardsFacts): Part[] {
  return words === null ? [] : [{ kind: 'text', text: words, weight: 'strong' }];
}

function risk(number: number, of: Risk): string {
  return `${number}: ${words(of)}`;
}

function words({ likelihood, severity }: Risk): string {
  return `${likelihood.replace('-', ' ')} × ${severity}`;
}
