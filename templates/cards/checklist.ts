import type { Action, Part } from '../../src/card/card.ts';
import type { Gate } from '../../src/domain/checklist.ts';
import type { ChecklistAnswers, ChecklistFacts, ChecklistLine } from '../../src/domain/checklist-answers.ts';
import { dayInWords, inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const checklistCards = {
  'checklist.shown': (facts) => {
    const done = facts.items.filter((item) => item.done).length;
    return {
      headline: `Checklist: ${done} of ${facts.items.length} done`,
      tone: done === facts.items.length ? 'good' : 'neutral',
      body: (Object.keys(GATES) as Gate[]).flatMap((gate) => section(facts, gate)),
      actions: actions(facts),
      ...(facts.plan === null ? {} : { last: `Found items are about plan ${facts.plan}` }),
    };
  },
} satisfies CardsFor<ChecklistAnswers>;

const GATES = {
  submit: 'Before the plan can be submitted',
  run: 'Before the run',
  complete: 'Before it is completed',
} as const satisfies Record<Gate, string>;

function section(facts: ChecklistFacts, gate: Gate): Part[] {
  const items = facts.items.filter((item) => item.gate === gate);
  if (items.length === 0) return [];
  return [
    { kind: 'text', text: GATES[gate], weight: 'strong' },
    { kind: 'list', items: items.map((item) => line(item, facts.zone)) },
  ];
}

function line(item: ChecklistLine, zone: string): string {
  const who = item.by && item.at ? ` (${item.by}, ${inWords(item.at, zone)})` : '';
  const set = item.byHand ? '' : ', found in the data';
  return `${item.done ? '✔' : '…'} ${item.title} [${item.owner}${set}]: ${item.because}${who}${dueWords(item)}`;
}

function dueWords({ done, due, late }: ChecklistLine): string {
  if (done || due === null) return '';
  const day = dayInWords(Temporal.PlainDate.from(due));
  return late ? `. Late: it was due ${day}` : `. Due ${day}`;
}

function actions(facts: ChecklistFacts): Action[] {
  const open = facts.items.filter((item) => !item.done && facts.yours.includes(item.key)).slice(0, 4);
  return open.map((item) => ({
    kind: 'do',
    label: shortTitle(item.key),
    verb: 'checklist',
    input: { item: item.key },
  }));
}

/** "outage-sign-up" as a button: "Tick: outage sign up…". */
function shortTitle(key: string): string {
  return `Tick: ${key.replaceAll('-', ' ')}…`;
}
