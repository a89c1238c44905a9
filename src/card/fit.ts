import type { Action, Card, Part } from './card.ts';
import { clean, clip } from './text.ts';

export const MAX_ACTIONS = 5;

const STEPS = [
  { items: 40, chars: 1_500 },
  { items: 20, chars: 800 },
  { items: 10, chars: 400 },
  { items: 5, chars: 200 },
  { items: 2, chars: 100 },
];

/**
 * The card, shortened as little as is needed for `fits`: first long lists and texts ("… and 34 more"), then whole parts from
 * the end, then buttons. What was taken away is always said.
 */
export function fitCard(card: Card, fits: (card: Card) => boolean): Card {
  const whole = { ...card, actions: card.actions.slice(0, MAX_ACTIONS) };
  if (fits(whole)) return whole;
  for (const step of STEPS) {
    const shorter = shortened(whole, step);
    if (fits(shorter)) return shorter;
  }
  return withFewerParts(shortened(whole, { items: 2, chars: 100 }), fits);
}

function withFewerParts(card: Card, fits: (card: Card) => boolean): Card {
  for (let kept = card.body.length - 1; kept >= 0; kept--) {
    const fewer = { ...card, body: [...card.body.slice(0, kept), MORE] };
    if (fits(fewer)) return fewer;
  }
  const bare = { ...card, body: [MORE] };
  for (let kept = card.actions.length - 1; kept > 0; kept--) {
    const fewer = { ...bare, actions: card.actions.slice(0, kept) };
    if (fits(fewer)) return fewer;
  }
  return { ...bare, actions: [] };
}

const MORE: Part = {
  kind: 'text',
  text: 'There is more than fits here. Ask for less at a time, for example for one site; long lists come as files.',
  weight: 'quiet',
};

interface Limit {
  readonly items: number;
  readonly chars: number;
}

function shortened(card: Card, limit: Limit): Card {
  const body = card.body.map((part) => shortPart(part, limit));
  const { last, code, ...rest } = card;
  return {
    ...rest,
    headline: clip(clean(card.headline), Math.min(limit.chars, 600)),
    body,
    actions: card.actions.map(shortConfirm),
    ...(code === undefined ? {} : { code: clip(clean(code), 20) }),
    ...(last === undefined ? {} : { last: clip(clean(last), Math.min(limit.chars, 300)) }),
  };
}

function shortPart(part: Part, { items, chars }: Limit): Part {
  switch (part.kind) {
    case 'text':
      return { ...part, text: clip(clean(part.text), chars) };
    case 'progress':
      return { ...part, text: clip(clean(part.text), chars) };
    case 'list':
      return {
        ...part,
        items: firstOf(part.items, items, (left) => `… and ${left} more`).map((item) => clip(item, chars)),
      };
    case 'facts': {
      const facts = firstOf(part.facts, items, (left) => ({ label: 'And', value: `${left} more` }));
      return { ...part, facts: facts.map((fact) => ({ label: clip(fact.label, 75), value: clip(fact.value, chars) })) };
    }
    case 'table': {
      const columns = part.columns.slice(0, 6);
      const rows = firstOf(part.rows, items, (left) => [`… and ${left} more`]);
      return {
        ...part,
        columns: columns.map((name) => clip(name, 75)),
        rows: rows.map((row) => row.slice(0, 6).map((cell) => clip(cell, Math.min(chars, 200)))),
      };
    }
    case 'rule':
      return part;
  }
}

function firstOf<T>(all: readonly T[], count: number, rest: (left: number) => T): readonly T[] {
  return all.length <= count ? all : [...all.slice(0, count), rest(all.length - count)];
}

function shortConfirm(action: Action): Action {
  if (action.kind === 'link') return action;
  const { confirm, ask } = action;
  return {
    ...action,
    ...(confirm && {
      confirm: { title: clip(confirm.title, 100), text: clip(confirm.text, 300), yes: clip(confirm.yes, 30) },
    }),
    ...(ask && { ask: { ...ask, label: clip(ask.label, 100), ...(ask.hint && { hint: clip(ask.hint, 200) }) } }),
  };
}
