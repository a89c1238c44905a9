import { z } from 'zod';

/** Somebody or something that a message names: the words in its text, and who that is. */
export interface Mention {
  readonly text: string;
  /** "29:…" for a person, "28:…" for an app. */
  readonly id: string;
}

const mentions = z.array(
  z.object({ type: z.literal('mention'), mentioned: z.object({ id: z.string() }), text: z.string().nullish() }),
);

export function mentionsOf(entities: unknown): Mention[] {
  if (!Array.isArray(entities)) return [];
  return entities.flatMap((entity) => {
    const [found] = mentions.safeParse([entity]).data ?? [];
    return found ? [{ id: found.mentioned.id, text: found.text ?? '' }] : [];
  });
}

const TAGS = /<\/?[a-z][^<>]*>/gi;
const ESCAPES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
};

/**
 * What the person typed, from Teams' text: without the mention of us, each other mention as `named` says (an account's name), and
 * its escapes undone.
 */
export function plainTypedText(
  text: string,
  mentioned: readonly Mention[],
  named: (id: string) => string | null,
): string {
  let left = text;
  for (const one of mentioned) {
    if (one.text === '') continue;
    const name = named(one.id);
    left = left.replace(one.text, () => (name === null ? ' ' : ` ${name} `));
  }
  return left
    .replaceAll(/<br\s*\/?>|<\/p>/gi, '\n')
    .replaceAll(TAGS, '')
    .replaceAll(/&(?:lt|gt|quot|apos|nbsp|amp|#39);/g, (written) => ESCAPES[written] ?? written)
    .replaceAll('\u00a0', ' ')
    .trim();
}
