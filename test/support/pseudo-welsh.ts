import { NOTICE_KINDS, type NoticeFacts, type NoticeKind } from '../../src/domain/notice.ts';
import { noticeInWelsh, type WelshText, welshNeeds } from '../../src/domain/notice-welsh.ts';
import type { WordingEntry } from '../../src/domain/notice-wording.ts';
import { factsOf, WORDING } from './notice-facts.ts';

/**
 * Words that stand where Welsh would, and that nobody can take for a translation: «cy: » around the English. The project
 * has no Welsh sentence of its own; whoever sends notices has theirs from translators.
 */
export function pseudoWelsh(entries: readonly WordingEntry[], zone = 'Europe/London'): readonly WelshText[] {
  return welshNeeds(NOTICE_KINDS, entries, zone).map(({ key, english }) => ({ key, english, welsh: pseudo(english) }));
}

/** Each line by itself: "- a point" becomes "- «cy: a point»". */
export function pseudo(english: string): string {
  return english
    .split('\n')
    .map((line) => line.replace(/^(\s*(?:- )?)(.*\S)(\s*)$/, '$1«cy: $2»$3'))
    .join('\n');
}

/** The facts of a notice with such words. */
export function factsInWelsh(kind: NoticeKind, more: Partial<NoticeFacts> = {}): NoticeFacts {
  const facts = factsOf(kind, more);
  const own = STANDARD.map((field) => ({ kind: 'all' as const, field, text: facts.wording[field] ?? '' }));
  const entries = [...WORDING, ...own];
  const welsh = noticeInWelsh(kind, entries, pseudoWelsh(entries), facts);
  if (welsh === null) throw new Error('The pseudo-words are not whole.');
  return { ...facts, welsh };
}

const STANDARD = ['urgent', 'routine', 'works', 'stops'] as const;
