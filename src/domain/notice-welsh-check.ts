import { sameEnglish, type WelshNeed, type WelshText } from './notice-welsh.ts';
import { findPatientData } from './patient-data.ts';

/** A line of the file that came back from the translators; `broken`: it cannot be read as a row. */
export interface WelshRow {
  readonly line: number;
  readonly key: string;
  readonly english: string;
  readonly welsh: string;
  readonly broken: boolean;
}

export interface WelshFlaw {
  readonly line: number;
  readonly key: string;
  readonly code: WelshFlawCode;
  /** What it is about, where that helps: a placeholder, a telephone number. Never a patient's data. */
  readonly detail: string | null;
}

export interface CheckedWelsh {
  readonly texts: readonly WelshText[];
  /** Keys whose cell is blank. */
  readonly blank: readonly string[];
  readonly flaws: readonly WelshFlaw[];
}

export type WelshFlawCode = keyof typeof WELSH_FLAWS;

/** What is wrong with a line, and what to do. */
export const WELSH_FLAWS = {
  'row-broken': flaw(
    'The row has another number of cells than the first line, or a quote in the wrong place.',
    'Take the file anew and fill in its column welsh.',
  ),
  'unknown-key': flaw('No text of this migration has this key.', 'Take the file anew: the keys stay as they are.'),
  duplicate: flaw('This key stands in the file twice; the first row was used.', 'Keep one of the two rows.'),
  'other-english': flaw(
    'The English has changed since this file was made, so this Welsh may say something else.',
    'Take the file anew and translate the English as it is now.',
  ),
  blank: flaw(
    'There is no Welsh yet.',
    'Write it. Until every text is there, nobody who is marked for Welsh is mailed.',
  ),
  control: flaw(
    'The text holds a character that is not text, or a line break where one line is needed.',
    'Take it out, or type the text again.',
  ),
  'patient-data': flaw(
    'This looks like a patient’s data, so it is not shown.',
    'Take it out: no patient data may be here.',
  ),
  'too-long': flaw(
    'The Welsh is more than three times as long as the English.',
    'Shorten it, or look whether it stands in the right row.',
  ),
  'missing-placeholder': flaw(
    'A name in braces of the English is missing.',
    'Put it in as it is, braces included: a value takes its place.',
  ),
  'unknown-placeholder': flaw(
    'A brace, or a name in braces, that the English does not have.',
    'Use the names of the English, untranslated, each in its braces.',
  ),
  'missing-number': flaw(
    'A telephone number or an address of the English is missing or different.',
    'Copy it from the English.',
  ),
  lines: flaw('The English has another number of lines or points.', 'Write as many, in the same order.'),
  'lost-letters': flaw(
    'A question mark stands inside a word: ŵ or ŷ was lost when the file was saved.',
    'Save as “CSV UTF-8” and type the letter again.',
  ),
  'still-english': flaw('This is the English again.', 'Write the Welsh, or leave the cell blank.'),
} as const;

const MOST = 2000;

/** Judges every row against what is needed. Good rows are kept whatever is wrong with others (rule 2). */
export function checkWelsh(rows: readonly WelshRow[], needs: readonly WelshNeed[]): CheckedWelsh {
  const wanted = new Map(needs.map((need) => [need.key, need]));
  const seen = new Set<string>();
  const texts: WelshText[] = [];
  const blank: string[] = [];
  const flaws: WelshFlaw[] = [];
  for (const row of rows) {
    const need = wanted.get(row.key);
    const fault = rowFault(row, need, seen);
    seen.add(row.key);
    if (fault === null && need) texts.push({ key: need.key, english: need.english, welsh: tidied(row.welsh) });
    if (fault === null) continue;
    if (fault.code === 'blank') blank.push(row.key);
    flaws.push({ line: row.line, key: row.broken || !need ? row.key.slice(0, 60) : need.key, ...fault });
  }
  return { texts, blank, flaws };
}

type Fault = Pick<WelshFlaw, 'code' | 'detail'>;

function rowFault(row: WelshRow, need: WelshNeed | undefined, seen: ReadonlySet<string>): Fault | null {
  if (row.broken) return fault('row-broken');
  if (!need) return fault('unknown-key');
  if (seen.has(row.key)) return fault('duplicate');
  if (!sameEnglish(row.english, need.english)) return fault('other-english');
  const welsh = tidied(row.welsh);
  if (welsh === '') return fault('blank');
  return wordsFault(welsh, need);
}

function wordsFault(welsh: string, need: WelshNeed): Fault | null {
  const { english } = need;
  if (UNPRINTABLE.test(need.team ? welsh.replaceAll('\n', ' ') : welsh)) return fault('control');
  if (findPatientData(welsh)) return fault('patient-data');
  if (welsh.length > Math.min(MOST, english.length * 3 + 100)) return fault('too-long');
  const [own, given] = [bracesIn(english, need.team), bracesIn(welsh, need.team)];
  const unknown = [...given].find((name) => !own.has(name));
  if (unknown !== undefined || /[{}]/.test(welsh.replace(BRACED, '')))
    return fault('unknown-placeholder', unknown && `{${unknown}}`);
  const missing = [...own].find((name) => !given.has(name));
  if (missing !== undefined) return fault('missing-placeholder', `{${missing}}`);
  const number = contactsIn(english).find((one) => !squeezed(welsh).includes(squeezed(one)));
  if (number !== undefined) return fault('missing-number', number);
  if (need.team && linesOf(welsh) !== linesOf(english)) return fault('lines');
  if (/\p{L}\?\p{L}|\ufffd/u.test(welsh)) return fault('lost-letters');
  return sameEnglish(welsh, english) && wordsIn(english) >= 3 ? fault('still-english') : null;
}

/** Controls, invisible marks and private characters: none belongs into a sentence, and some turn text around. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/u;
const BRACED = /\{([^{}]*)\}/g;

/** The team's texts are filled in whatever the case and spaces, the standard sentences only with the name as it is. */
function bracesIn(text: string, team: boolean): ReadonlySet<string> {
  const names = [...text.matchAll(BRACED)].map(([, name]) => name ?? '');
  return new Set(team ? names.map((name) => name.trim().toLowerCase()) : names);
}

/** Telephone numbers, mail and web addresses: whoever reads either language must reach the same place. */
function contactsIn(text: string): readonly string[] {
  return text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?:\/\/\S+|\+?\d(?:[ -]?\d){6,}/g) ?? [];
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[ -]/g, '');
}

function linesOf(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

function wordsIn(text: string): number {
  return text.replace(BRACED, '').match(/\p{L}+/gu)?.length ?? 0;
}

/** Line ends as ours, no space around, letters with their accents in one piece. */
function tidied(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

function fault(code: WelshFlawCode, detail: string | null = null): Fault {
  return { code, detail };
}

function flaw(wrong: string, todo: string) {
  return { wrong, todo };
}
