import { richText, run } from './adaptive-text.ts';
import type { Table, TextRun } from './adaptive-types.ts';
import { clean, isBlank } from './text.ts';

/** A table with its first row as headers; a blank cell is a dash. */
export function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): Table {
  const cells = (row: readonly string[], look: Omit<TextRun, 'type' | 'text'>) => ({
    type: 'TableRow' as const,
    cells: columns.map((_, at) => ({
      type: 'TableCell' as const,
      items: [richText([run(cellOf(row[at]), look)])],
    })),
  });
  return {
    type: 'Table',
    spacing: 'Small',
    columns: widthsOf(columns.map((name, at) => [name, ...rows.map((row) => cellOf(row[at]))])),
    firstRowAsHeaders: true,
    rows: [cells(columns, { weight: 'Bolder' }), ...rows.map((row) => cells(row, {}))],
  };
}

function cellOf(cell = ''): string {
  return isBlank(cell) ? '-' : clean(cell).replaceAll('\n', ' ');
}

/** In points: a narrow card's room for a table, a letter, and the space beside a cell's text. */
const CARD = 420;
const LETTER = 8.5;
const PADDING = 18;

/**
 * The columns' shares of the width: first so much that no word is broken in a card as narrow as a telephone's, then what is left
 * to the columns whose cells are longer than a word.
 */
function widthsOf(columns: readonly (readonly string[])[]): { width: number }[] {
  const needed = columns.map(
    (cells) => Math.min(16, longest(cells.flatMap((cell) => cell.split(/[\s-]/)))) * LETTER + PADDING,
  );
  const wanted = columns.map((cells, at) =>
    Math.max(0, Math.min(40, longest(cells)) * LETTER + PADDING - (needed[at] ?? 0)),
  );
  const left = Math.max(0, CARD - sum(needed));
  const share = Math.min(1, left / Math.max(1, sum(wanted)));
  return needed.map((width, at) => ({ width: Math.round(width + (wanted[at] ?? 0) * share) }));
}

function longest(texts: readonly string[]): number {
  return Math.max(1, ...texts.map((text) => text.length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
