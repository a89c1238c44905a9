import type { Action, Card, Part } from './card.ts';
import { fitCard } from './fit.ts';
import { lastLine, listLine, markedHeadline, progressLine, typedCommand } from './marks.ts';
import { toNotification } from './plain-text.ts';
import { bold, clipEscaped, escaped, markdown, packed, plainText } from './slack-text.ts';
import type { SlackBlock, SlackButton } from './slack-types.ts';
import { clean, clip, isBlank } from './text.ts';

/** Slack refuses a message at about 13,000 characters of blocks; ours stay under this, counted as JSON. */
export const SLACK_MESSAGE_BUDGET = 12_000;
const MAX_BLOCKS = 50;
const VALUE_MAX = 2_000;
const URL_MAX = 3_000;

/**
 * The card as Block Kit blocks: within every limit of a Slack message, whatever the data. A button's `action_id` is `bsu:N`
 * (`bsu-link:N` for a link) and its `value` the JSON of `{ verb, input }`: no secret and no decision.
 */
export function toSlackBlocks(card: Card): SlackBlock[] {
  const tried = new Map<Card, SlackBlock[]>();
  const fitted = fitCard(card, (shorter) => {
    const blocks = draw(shorter);
    tried.set(shorter, blocks);
    return fits(blocks);
  });
  return tried.get(fitted) ?? draw(fitted);
}

/** The `text` beside the blocks: what a notification and a screen reader say. */
export function slackText(card: Card): string {
  return clipEscaped(escaped(toNotification(card)), 1_000);
}

function fits(blocks: readonly SlackBlock[]): boolean {
  return blocks.length <= MAX_BLOCKS && JSON.stringify(blocks).length < SLACK_MESSAGE_BUDGET;
}

function draw(card: Card): SlackBlock[] {
  const drawable = card.actions.filter((action) => action.kind === 'link' || sentValue(action).length <= VALUE_MAX);
  const buttons = drawable.flatMap((action, at) => button(action, at));
  const tooLong = card.actions.filter((action) => !drawable.includes(action));
  return [
    ...headlineBlocks(card),
    ...card.body.flatMap((part, at) => partBlocks(part, `part-${at}`)),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, block_id: 'actions', elements: buttons }]),
    ...tooLong.flatMap((action, at) => quiet(typedInstead(action), `typed-${at}`)),
    ...quiet(lastLine(card) ?? '', 'last'),
  ];
}

function headlineBlocks(card: Card): SlackBlock[] {
  const code = card.code === undefined || isBlank(card.code) ? '' : ` · ${clean(card.code)}`;
  const headline = `${markedHeadline(card)}${code}`;
  if (headline.length <= 150) return [{ type: 'header', block_id: 'headline', text: plainText(headline, 150) }];
  return packed([bold(clip(headline, 1_400))]).map((text, at) => ({
    type: 'section',
    block_id: `headline-${at}`,
    text: markdown(text),
  }));
}

function partBlocks(part: Part, id: string): SlackBlock[] {
  switch (part.kind) {
    case 'text':
      if (part.weight === 'quiet') return quiet(part.text, id);
      return sections(
        clean(part.text)
          .split('\n')
          .map(part.weight === 'strong' ? bold : escaped),
        id,
      );
    case 'facts':
      return sections(
        part.facts.map((fact) => `${bold(fact.label)}  ${escaped(fact.value)}`.trim()),
        id,
      );
    case 'list':
      return sections(
        part.items.map((item, at) => escaped(listLine(item, at, part.ordered))),
        id,
      );
    case 'progress':
      return sections([escaped(progressLine(part))], id);
    case 'table':
      return sections([bold(part.columns.join(' · ')), ...part.rows.map(tableRow)], id);
    case 'rule':
      return [{ type: 'divider', block_id: id }];
  }
}

/** A row as a line: Slack's own table stands below the message, away from the words around it. */
function tableRow(row: readonly string[]): string {
  const cells = row.slice(0, row.findLastIndex((cell) => !isBlank(cell)) + 1);
  return `• ${cells.map((cell) => (isBlank(cell) ? '-' : escaped(cell.replaceAll('\n', ' ')))).join(' · ')}`;
}

function sections(lines: readonly string[], id: string): SlackBlock[] {
  return packed(lines).map((text, at) => ({ type: 'section', block_id: `${id}-${at}`, text: markdown(text) }));
}

function quiet(text: string, id: string): SlackBlock[] {
  const words = escaped(text);
  return isBlank(words)
    ? []
    : [{ type: 'context', block_id: id, elements: [markdown(clipEscaped(words.trim(), 2_000))] }];
}

function button(action: Action, at: number): SlackButton[] {
  const text = plainText(action.label, 75);
  if (action.kind === 'link') {
    const usable = /^https?:\/\//.test(action.url) && URL.canParse(action.url) && action.url.length <= URL_MAX;
    return usable ? [{ type: 'button', action_id: `bsu-link:${at}`, text, url: action.url }] : [];
  }
  const { style, confirm } = action;
  return [
    {
      type: 'button',
      action_id: `bsu:${at}`,
      text,
      value: sentValue(action),
      ...(style === undefined ? {} : { style }),
      ...(confirm === undefined
        ? {}
        : {
            confirm: {
              title: plainText(confirm.title, 100),
              text: plainText(confirm.text, 300),
              confirm: plainText(confirm.yes, 30),
              deny: plainText('Cancel', 30),
              ...(style === 'danger' ? { style } : {}),
            },
          }),
    },
  ];
}

function sentValue(action: Extract<Action, { kind: 'do' }>): string {
  return JSON.stringify({ verb: action.verb, input: action.input });
}

function typedInstead(action: Action): string {
  return action.kind === 'link' ? '' : `For “${action.label}”, type ${typedCommand(action.verb, {})}`;
}
