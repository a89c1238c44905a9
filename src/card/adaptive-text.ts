import type { RichText, Spaced, TextRun } from './adaptive-types.ts';
import { clean, clip } from './text.ts';

/** Text runs are the only Adaptive Card text that no host reads as Markdown: a name stays a name, a link is never made of it. */
export function richText(runs: readonly (TextRun | null)[], place: Spaced = {}): RichText {
  return { type: 'RichTextBlock', inlines: runs.filter((one) => one !== null), ...place };
}

export function run(text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun {
  return { type: 'TextRun', text: clean(text), ...look };
}

/** One block a line: a line break inside a run is not shown by every host. */
export function richLines(text: string, look: Omit<TextRun, 'type' | 'text'> = {}, place: Spaced = {}): RichText[] {
  return clean(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => richText([run(line, look)], at === 0 ? place : { spacing: 'None' }));
}

/** Words on a button: one line, never none. */
export function titleOf(label: string): string {
  return clip(clean(label).replaceAll('\n', ' ').trim() || '-', 75);
}

/** What travels with a button, as well-formed text: a half of a character would make the whole message unreadable to others. */
export function sendable(input: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, value.toWellFormed()]));
}
