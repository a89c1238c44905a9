import { Refusal } from '../kernel/errors.ts';

/** The databases fail on a NUL or on half a character, or change it silently (contracts, Chat): refused before anything. */
export function refuseUnsafeText(texts: readonly string[]): void {
  if (texts.every((text) => !text.includes('\0') && text.isWellFormed())) return;
  throw new Refusal(
    'unreadable-text',
    'Your text holds a character that cannot be stored (a NUL or half of an emoji). Type it again without it.',
  );
}
