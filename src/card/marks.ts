import type { Card, Tone } from './card.ts';
import { clean, isBlank } from './text.ts';

const MARKS = { neutral: '', good: '✔', warning: '⚠', stop: '✋', progress: '⟳' } as const satisfies Record<
  Tone,
  string
>;

const OURS = /^[✔✖⟳⚠✋]/u;

/** The headline with a mark in front, that of its tone unless it brings one of ours: the mark and the sentence together, never a colour alone. */
export function markedHeadline(card: Card): string {
  const headline = isBlank(card.headline) ? 'Changeover' : clean(card.headline).replaceAll('\n', ' ').trim();
  const mark = MARKS[card.tone ?? 'neutral'];
  return mark === '' || OURS.test(headline) ? headline : `${mark} ${headline}`;
}

/** "last: a second approver approved at 7:10pm", once; null where nothing is said. */
export function lastLine(card: Card): string | null {
  const words = clean(card.last ?? '').trim();
  if (words === '') return null;
  return words.startsWith('last: ') ? words : `last: ${words}`;
}

/** An item of a list: numbered, or with a point, unless a mark of ours (✔ ✖ …) stands in front already. */
export function listLine(item: string, at: number, ordered: boolean | undefined): string {
  const words = clean(item);
  if (ordered) return `${at + 1}. ${words}`;
  return OURS.test(words) || words.startsWith('…') ? words : `• ${words}`;
}

const CELLS = 20;

/** "▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░ 66 %"; the bar is full only when everything is done. */
export function progressBar(done: number, of: number): string {
  const share = of > 0 ? Math.min(1, Math.max(0, done / of)) : 0;
  const full = Math.floor(share * CELLS);
  return `${'▓'.repeat(full)}${'░'.repeat(CELLS - full)} ${Math.floor(share * 100)} %`;
}

/** "164 of 248 ▓▓▓░░ 66 % · about 6 minutes left": the numbers are never alone. */
export function progressLine(part: { done: number; of: number; text: string }): string {
  const line = `${part.done} of ${part.of} ${progressBar(part.done, part.of)}`;
  return isBlank(part.text) ? line : `${line} · ${clean(part.text)}`;
}

/** What somebody would type to do the same as a button: `/bsu approve code=K7Q-4F2`. */
export function typedCommand(verb: string, input: Readonly<Record<string, string>>): string {
  const words = Object.entries(input).map(([name, value]) => `${name}=${quoted(clean(value))}`);
  return ['/bsu', verb, ...words].join(' ');
}

function quoted(value: string): string {
  return value === '' || /[\s"]/.test(value) ? `"${value.replaceAll('"', "'")}"` : value;
}
