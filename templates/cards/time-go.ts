import type { Action, Card } from '../../src/card/card.ts';
import type { GoFacts, GoPartFacts } from '../../src/domain/time-answers.ts';
import { clockInWords, inWords, spanInWords } from '../../src/kernel/time-words.ts';

/** The four parts of the go, the next question with its two buttons, and the ways out of a no. */
export function goCard(facts: GoFacts): Card {
  const { zone } = facts;
  const asked = facts.parts.find((part) => part.part === facts.next);
  return {
    headline: headline(facts, asked),
    tone: facts.given ? 'good' : facts.lastNo ? 'stop' : 'progress',
    body: [
      {
        kind: 'table',
        columns: ['Part', 'Answer', 'Who', 'Counts until'],
        rows: facts.parts.map((part) => [
          part.name,
          stateText(part),
          whoText(part, zone),
          part.state === 'yes' && part.validUntil ? clockInWords(part.validUntil, zone) : '',
        ]),
      },
      ...(asked
        ? [{ kind: 'text' as const, text: `${asked.question} (${asked.who})`, weight: 'strong' as const }]
        : []),
      ...(facts.lastNo ? [{ kind: 'text' as const, text: reservesText(facts) }] : []),
      { kind: 'text', weight: 'quiet', text: `Each answer counts for ${facts.validMinutes} minutes.` },
    ],
    actions: [...(asked ? answers(asked, facts.plan) : []), ...(facts.lastNo ? waysOut(facts) : [])],
  };
}

function headline(facts: GoFacts, asked: GoPartFacts | undefined): string {
  if (facts.given) return `✔ Plan ${facts.plan}: go, until ${clockInWords(facts.validUntil ?? '', facts.zone)}`;
  if (facts.lastNo) return `✋ Plan ${facts.plan}: no go`;
  const done = facts.parts.filter((part) => part.state === 'yes').length;
  return `Plan ${facts.plan}: ${done} of ${facts.parts.length} answered${asked ? `, next: ${asked.name}` : ''}`;
}

function answers(part: GoPartFacts, plan: number): readonly Action[] {
  const input = { part: part.part, plan: String(plan) };
  return [
    { kind: 'do', label: `Yes: ${part.name}`, verb: 'go', input: { ...input, said: 'yes' }, style: 'primary' },
    { kind: 'do', label: 'No', verb: 'go', input: { ...input, said: 'no' }, style: 'danger' },
  ];
}

/** One step: the window, the outage and the notices move together. */
function waysOut({ reserves, plan, zone }: GoFacts): readonly Action[] {
  return reserves.slice(0, 2).map(({ from }) => ({
    kind: 'do',
    label: `Postpone to ${inWords(from, zone)}`,
    verb: 'postpone',
    input: { window: from, plan: String(plan) },
  }));
}

function stateText(part: GoPartFacts): string {
  const words = {
    yes: '✔ yes',
    no: '✖ no',
    'grown-old': '… too long ago, ask again',
    'not-asked': '… not answered',
  } as const;
  return part.note ? `${words[part.state]}: ${part.note}` : words[part.state];
}

function whoText(part: GoPartFacts, zone: string): string {
  return part.by && part.at ? `${part.by}, ${clockInWords(part.at, zone)}` : part.who;
}

function reservesText(facts: GoFacts): string {
  if (facts.reserves.length === 0)
    return 'No reserved window is left: reserve another one, and tell people that it moved.';
  return `Reserved and still ahead: ${facts.reserves.map((window) => spanInWords(window.from, window.to, facts.zone)).join('; ')}. If it is not tonight, tell people that it moved.`;
}
