import { buttonsOf } from './adaptive-buttons.ts';
import { tableOf } from './adaptive-table.ts';
import { richLines, richText, run } from './adaptive-text.ts';
import type { AdaptiveCard, AdaptiveElement, TextRun } from './adaptive-types.ts';
import type { Card, Fact, Part, Tone } from './card.ts';
import { fitCard } from './fit.ts';
import { lastLine, listLine, markedHeadline, progressBar } from './marks.ts';
import { toNotification } from './plain-text.ts';
import { MOST_REFRESHED, type Refresh, refreshData } from './refresh.ts';
import { clip, isBlank } from './text.ts';

/** Teams counts a card as UTF-16; ours stay under 25 KB in that and as JSON, the rest is behind a link or in a file. */
export const ADAPTIVE_CARD_BUDGET = 25 * 1_024;

/**
 * The card as an Adaptive Card 1.5 for any data: at most five actions, at most 25 KB. A button sends `{ verb, input }`. With
 * `refresh` its buttons name the card's subject too, and the first sixty of those people are shown their own buttons.
 */
export function toAdaptiveCard(card: Card, refresh: Refresh | null = null): AdaptiveCard {
  const asked = refresh === null ? {} : refreshOf(refresh);
  const whole = (shorter: Card) => ({ ...draw(shorter, refresh?.subject ?? null), ...asked });
  const tried = new Map<Card, AdaptiveCard>();
  const fitted = fitCard(card, (shorter) => {
    const drawn = whole(shorter);
    tried.set(shorter, drawn);
    return sizeOf(drawn) <= ADAPTIVE_CARD_BUDGET;
  });
  return tried.get(fitted) ?? whole(fitted);
}

function refreshOf({ subject, userIds }: Refresh): Pick<AdaptiveCard, 'refresh'> {
  if (userIds.length === 0) return {};
  const action = { type: 'Action.Execute', title: 'Refresh', verb: 'bsu', data: refreshData(subject) } as const;
  return { refresh: { action, userIds: userIds.slice(0, MOST_REFRESHED) } };
}

/** Bytes as Teams counts them (UTF-16), or as they travel (UTF-8) where those are more. */
export function sizeOf(card: AdaptiveCard): number {
  const json = JSON.stringify(card);
  return Math.max(json.length * 2, Buffer.byteLength(json));
}

function draw(card: Card, subject: string | null): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: clip(toNotification(card), 300),
    body: [headline(card), ...withRules(card.body), ...quietLast(card)],
    actions: buttonsOf(card.actions, subject),
  };
}

const COLOURS: Partial<Record<Tone, NonNullable<TextRun['color']>>> = {
  good: 'Good',
  warning: 'Warning',
  stop: 'Attention',
  progress: 'Accent',
};

function headline(card: Card): AdaptiveElement {
  const color = COLOURS[card.tone ?? 'neutral'];
  const words = run(markedHeadline(card), {
    weight: 'Bolder',
    size: 'Medium',
    ...(color === undefined ? {} : { color }),
  });
  if (card.code === undefined || isBlank(card.code)) return richText([words]);
  const code = run(card.code, { fontType: 'Monospace', isSubtle: true });
  return {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: 'stretch', items: [richText([words])] },
      { type: 'Column', width: 'auto', verticalContentAlignment: 'Center', items: [richText([code])] },
    ],
  };
}

/** A rule is the separator above whatever comes next. */
function withRules(parts: readonly Part[]): AdaptiveElement[] {
  let ruled = false;
  return parts.flatMap((part) => {
    const [first, ...rest] = elementsOf(part);
    if (first === undefined) {
      ruled ||= part.kind === 'rule';
      return [];
    }
    const drawn = ruled ? [{ ...first, separator: true }, ...rest] : [first, ...rest];
    ruled = false;
    return drawn;
  });
}

function elementsOf(part: Part): AdaptiveElement[] {
  switch (part.kind) {
    case 'text':
      if (part.weight === 'quiet') return richLines(part.text, { isSubtle: true, size: 'Small' }, { spacing: 'Small' });
      return richLines(part.text, part.weight === 'strong' ? { weight: 'Bolder' } : {}, { spacing: 'Small' });
    case 'facts':
      return part.facts.map((fact) => factRow(fact, labelWidth(part.facts)));
    case 'list':
      return part.items.flatMap((item, at) =>
        richLines(listLine(item, at, part.ordered), {}, { spacing: at === 0 ? 'Small' : 'None' }),
      );
    case 'progress':
      return [
        richText([run(`${part.done} of ${part.of}  `, { weight: 'Bolder' }), run(progressBar(part.done, part.of))]),
        ...richLines(part.text, {}, { spacing: 'None' }),
      ];
    case 'table':
      return part.columns.length === 0 ? [] : [tableOf(part.columns, part.rows)];
    case 'rule':
      return [];
  }
}

/** As wide as the longest label, so that short ones leave the room to the values. */
function labelWidth(facts: readonly Fact[]): string {
  const longest = Math.max(...facts.map((fact) => fact.label.length));
  return `${Math.min(160, Math.max(80, longest * 8 + 16))}px`;
}

function factRow(fact: Fact, width: string): AdaptiveElement {
  const value = richLines(fact.value);
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width, items: richLines(fact.label, { weight: 'Bolder' }) },
      { type: 'Column', width: 'stretch', items: value.length === 0 ? [richText([run('-')])] : value },
    ],
  };
}

function quietLast(card: Card): AdaptiveElement[] {
  const words = lastLine(card);
  if (words === null) return [];
  return richLines(words, { isSubtle: true, size: 'Small' }, { separator: true, spacing: 'Small' });
}
