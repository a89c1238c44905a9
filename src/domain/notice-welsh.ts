import { MESSAGES, messagesOf } from '../kernel/messages/index.ts';
import { counted, endAsSaid } from '../kernel/time-words.ts';
import { welshVoice } from '../kernel/voice.ts';
import { KIND_RULES, NOTICE_KINDS, type NoticeFacts, type NoticeInWelsh, type NoticeKind } from './notice.ts';
import {
  fieldsOf,
  filledText,
  sourceOf,
  type Variable,
  type WordingEntry,
  type WordingName,
  wordingField,
} from './notice-wording.ts';

/** Welsh words as somebody supplied them, with the English that they stand for: another English, and they count no more. */
export interface WelshText {
  readonly key: string;
  readonly english: string;
  readonly welsh: string;
}

/** One text that a migration's notices need in Welsh. */
export interface WelshNeed {
  readonly key: string;
  readonly english: string;
  /** Where its readers meet it. */
  readonly where: string;
  readonly kinds: readonly NoticeKind[];
  /** The team's own text, which may have several lines; else a standard sentence. */
  readonly team: boolean;
}

/** What goes out after the approval, maybe at night: all but the free update, which nobody can translate before it is written. */
export const KINDS_AHEAD: readonly NoticeKind[] = NOTICE_KINDS.filter((kind) => kind !== 'update');

/** Every text that these kinds need in Welsh, in the order of a notice: standard sentences and what the team wrote. */
export function welshNeeds(
  kinds: readonly NoticeKind[],
  entries: readonly WordingEntry[],
  zone: string,
): readonly WelshNeed[] {
  return [...teamNeeds(kinds, entries), ...standardNeeds(kinds, zone)];
}

/** What of it nobody supplied yet, or for an English that has changed since. */
export function welshMissing(needs: readonly WelshNeed[], known: readonly WelshText[]): readonly WelshNeed[] {
  const words = new Map(known.map((one) => [one.key, one]));
  return needs.filter(({ key, english }) => !isFresh(words.get(key), english));
}

export function isFresh(text: WelshText | undefined, english: string): boolean {
  return text !== undefined && sameEnglish(text.english, english);
}

/** What stands in the way of a notice to people who are marked for Welsh, as a sentence; null where nothing does. */
export function welshFault(missing: number, needed: number, marked: number): string | null {
  if (missing === 0 || marked === 0) return null;
  return `Welsh: ${counted(marked, 'recipient')} ${marked === 1 ? 'is' : 'are'} marked for it, and ${missing} of ${counted(needed, 'text')} have no Welsh words, or not for today’s English. \`/bsu wording welsh\` gives them as a file to fill and upload. If they are not to be had in time, \`/bsu wording welsh english="why"\` sends English only.`;
}

/** Spreadsheets change line ends and spaces; that is no other English. */
export function sameEnglish(a: string, b: string): boolean {
  return oneSpaced(a) === oneSpaced(b);
}

/** The notice's words in Welsh, whole; null while any is missing, or what it tells is not set. */
export function noticeInWelsh(
  kind: NoticeKind,
  entries: readonly WordingEntry[],
  known: readonly WelshText[],
  facts: Pick<NoticeFacts, 'provider' | 'outage' | 'zone' | 'services'>,
): NoticeInWelsh | null {
  const needs = welshNeeds([kind], entries, facts.zone);
  const unset = KIND_RULES[kind].needs === 'outage' && facts.outage === null;
  const unwritten = fieldsOf(kind).some((name) => sourceOf(kind, name, entries) === null);
  if (unset || unwritten || welshMissing(needs, known).length > 0) return null;
  const all = new Map(known.map(({ key, welsh }) => [key, welsh]));
  const words = Object.fromEntries(needs.filter(({ team }) => !team).map(({ key }) => [key, all.get(key) ?? '']));
  const text = (name: WordingName): string => {
    const source = sourceOf(kind, name, entries);
    return source === null ? '' : (all.get(source.key) ?? source.text);
  };
  const values = variables(facts, words, text);
  const wording = fieldsOf(kind).map((name) => [name, filledText(text(name), values)] as const);
  return { words, wording: Object.fromEntries(wording) };
}

function variables(
  { provider, outage, zone, services }: Pick<NoticeFacts, 'provider' | 'outage' | 'zone' | 'services'>,
  words: NoticeInWelsh['words'],
  text: (name: WordingName) => string,
): Readonly<Record<Variable, string>> {
  const voice = welshVoice(words);
  return {
    provider: provider.name,
    outage: outage ? voice.span(outage.from, endAsSaid(outage.to, zone), zone) : '',
    outage_start: outage ? voice.instant(outage.from, zone) : '',
    outage_end: outage ? voice.instant(endAsSaid(outage.to, zone), zone) : '',
    services: voice.services(services.count),
    phone: text('contactPhone'),
    email: text('contactEmail'),
  };
}

function standardNeeds(kinds: readonly NoticeKind[], zone: string): WelshNeed[] {
  const needs = new Map<string, WelshNeed>();
  for (const kind of kinds) {
    for (const key of messagesOf(kind, zone)) {
      const { en: english, where } = MESSAGES[key];
      needs.set(key, { key, english, where, kinds: [...(needs.get(key)?.kinds ?? []), kind], team: false });
    }
  }
  return [...needs.values()];
}

function teamNeeds(kinds: readonly NoticeKind[], entries: readonly WordingEntry[]): WelshNeed[] {
  const needs = new Map<string, WelshNeed>();
  for (const kind of kinds) {
    for (const name of fieldsOf(kind)) {
      const source = sourceOf(kind, name, entries);
      if (source === null || !hasWords(source.text)) continue;
      const before = needs.get(source.key);
      needs.set(source.key, {
        key: source.key,
        english: source.text,
        where: `${wordingField(name).label}, your team's text`,
        kinds: [...(before?.kinds ?? []), kind],
        team: true,
      });
    }
  }
  return [...needs.values()];
}

/** A telephone number or an address alone is the same in both languages. */
function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, ''));
}

function oneSpaced(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
