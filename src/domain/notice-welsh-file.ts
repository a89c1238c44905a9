import { csvText } from '../kernel/csv-text.ts';
import { welshVoice } from '../kernel/voice.ts';
import { KIND_RULES, NOTICE_KINDS } from './notice.ts';
import { isFresh, type WelshNeed, type WelshText } from './notice-welsh.ts';
import { WELSH_FLAWS, type WelshFlaw } from './notice-welsh-check.ts';

/**
 * The file for translators: every text that is needed, with what is there. Words for an earlier English stand in a column
 * of their own, so that nobody takes them over without reading. It begins with a byte order mark: without it spreadsheets spoil ŵ and ŷ.
 */
export function welshFile(needs: readonly WelshNeed[], known: readonly WelshText[]): string {
  const words = new Map(known.map((one) => [one.key, one]));
  const rows = needs.map((need) => {
    const text = words.get(need.key);
    const fresh = isFresh(text, need.english);
    return [
      need.key,
      whereOf(need),
      need.english,
      fresh ? (text?.welsh ?? '') : '',
      noteOf(need),
      fresh ? '' : (text?.welsh ?? ''),
    ];
  });
  const header = ['key', 'where it is used', 'english', 'welsh', 'note', 'welsh of an earlier english'];
  return `\ufeff${csvText(header, rows)}`;
}

/** What is wrong with the file that came back, line by line. */
export function welshFlawFile(flaws: readonly WelshFlaw[]): string {
  const rows = flaws.map(({ line, key, code, detail }) => [
    line,
    key,
    detail,
    WELSH_FLAWS[code].wrong,
    WELSH_FLAWS[code].todo,
  ]);
  return `\ufeff${csvText(['line', 'key', 'value', 'what is wrong', 'what to do'], rows)}`;
}

function whereOf({ kinds, where }: WelshNeed): string {
  const all = NOTICE_KINDS.every((kind) => kinds.includes(kind));
  return `${all ? 'all notices' : kinds.map((kind) => KIND_RULES[kind].words).join(', ')}: ${where}`;
}

/** What a name in braces becomes, so that the words around it can stand apart from it. */
function noteOf({ english, team }: WelshNeed): string {
  const names = [...english.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const notes = [...new Set(names)].flatMap((name) =>
    NOTES[name] === undefined ? [] : [`{${name}} is ${NOTES[name]}`],
  );
  const lines = team && english.includes('\n') ? ['as many lines as the English'] : [];
  return [...notes, ...lines].join('; ');
}

const DAY = welshVoice({ 'time.instant': '{day}' }).instant('2026-12-08T17:00:00Z', 'Europe/London');
const NUMBER = 'a number alone, like 248: no word around it may depend on it';
const NOTES: Readonly<Record<string, string>> = {
  services: NUMBER,
  sites: NUMBER,
  more: NUMBER,
  cancer: NUMBER,
  day: `a day, like "${DAY}", as it stands`,
  endDay: 'a day, as it stands',
  start: 'a time, like 17:00',
  end: 'a time, like 23:00',
  why: 'in English',
};
