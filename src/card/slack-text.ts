import type { SlackMarkdown, SlackPlain } from './slack-types.ts';
import { clean, clip, isBlank } from './text.ts';

/** Names, labels and buttons: Slack does not read markup in them. Never empty, which Slack refuses. */
export function plainText(text: string, max: number): SlackPlain {
  const words = clean(text).replaceAll('\n', ' ').trim();
  return { type: 'plain_text', text: clip(words === '' ? '-' : words, max), emoji: false };
}

export function markdown(text: string): SlackMarkdown {
  return { type: 'mrkdwn', text, verbatim: true };
}

/**
 * User text inside mrkdwn: no mention, link or channel call can be made with it (`<!channel>` is shown as typed), and no bold,
 * italic or code either: a mark at the edge of a word gets an invisible companion, so that it stays a mark.
 */
export function escaped(text: string): string {
  const words = clean(text);
  if (!/[&<>*_~`]/.test(words)) return words;
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(?<![\p{L}\p{N}])([*_~`])|([*_~`])(?![\p{L}\p{N}])/gu, '\u200B$1$2\u200B')
    .replace(/^&gt;/gm, '\u200B&gt;');
}

export function bold(text: string): string {
  const words = clean(text).replaceAll('\n', ' ').trim();
  return words === '' ? '' : `*${escaped(words)}*`;
}

export const SECTION_MAX = 3_000;

/** Lines packed into as few texts of at most 3,000 characters as they need; a longer line is cut. Blank texts are left out. */
export function packed(lines: readonly string[], max: number = SECTION_MAX): string[] {
  const texts: string[] = [];
  let text = '';
  for (const line of lines.map((whole) => clipEscaped(whole, max))) {
    if (text !== '' && text.length + 1 + line.length > max) {
      texts.push(text);
      text = line;
    } else {
      text = text === '' ? line : `${text}\n${line}`;
    }
  }
  texts.push(text);
  return texts.filter((whole) => !isBlank(whole));
}

/** As `clip`, without leaving half of an escape ("&am…"). */
export function clipEscaped(text: string, max: number): string {
  return text.length <= max
    ? text
    : `${clip(text, max)
        .slice(0, -1)
        .replace(/&[a-z]{0,3}$/, '')}…`;
}
