import type { Action, Card, Part } from './card.ts';
import { lastLine, listLine, markedHeadline, progressLine, typedCommand } from './marks.ts';
import { clean, isBlank } from './text.ts';

/** The card for a terminal, a notification or a log: lines of plain text, buttons as what to type. */
export function toPlainText(card: Card): string {
  const head = card.code === undefined ? markedHeadline(card) : `${markedHeadline(card)}  [${clean(card.code)}]`;
  const body = card.body.flatMap(linesOf);
  const actions = card.actions.map(actionLine);
  const last = lastLine(card);
  return [
    head,
    ...body.map((line) => `  ${line}`.trimEnd()),
    ...(actions.length === 0 ? [] : ['Next:', ...actions.map((line) => `  ${line}`)]),
    ...(last === null ? [] : [last]),
  ].join('\n');
}

/** One line for a notification: the headline and the code. */
export function toNotification(card: Card): string {
  return card.code === undefined ? markedHeadline(card) : `${markedHeadline(card)} · ${clean(card.code)}`;
}

function linesOf(part: Part): string[] {
  switch (part.kind) {
    case 'text':
      return isBlank(part.text) ? [] : clean(part.text).split('\n');
    case 'facts': {
      const width = Math.min(24, Math.max(0, ...part.facts.map((fact) => fact.label.length)));
      return part.facts.flatMap((fact) => {
        const [first = '', ...more] = clean(fact.value).split('\n');
        const indent = ' '.repeat(width + 2);
        return [`${clean(fact.label).padEnd(width)}  ${first}`, ...more.map((line) => `${indent}${line}`)];
      });
    }
    case 'list':
      return part.items.map((item, at) => listLine(item, at, part.ordered));
    case 'progress':
      return [progressLine(part)];
    case 'table':
      return tableLines(part.columns, part.rows);
    case 'rule':
      return [''];
  }
}

function tableLines(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns, ...rows].map((row) => row.map((cell) => clean(cell).replaceAll('\n', ' ')));
  const widths = columns.map((_, at) => Math.min(48, Math.max(...all.map((row) => row[at]?.length ?? 0))));
  return all.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function actionLine(action: Action): string {
  const label = clean(action.label);
  return action.kind === 'link'
    ? `${label}: ${clean(action.url)}`
    : `${label}: ${typedCommand(action.verb, action.input)}`;
}
