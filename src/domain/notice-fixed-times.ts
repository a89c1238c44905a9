import type { NoticeKind } from './notice.ts';
import { fieldsOf, textFor, type WordingEntry, type WordingName, wordingField } from './notice-wording.ts';

/** A text that names a time of the first plan, and is said again after that plan changed. */
export interface FixedTime {
  readonly field: WordingName;
  readonly label: string;
  /** The times, as they were written. */
  readonly said: readonly string[];
  /** The kinds of notice that say it although the outage has another time by then. */
  readonly kinds: readonly NoticeKind[];
}

/** These go out because the outage has another time than people were told (rule 21). */
const AFTER_A_CHANGE: readonly NoticeKind[] = ['extended', 'moved'];

/**
 * Texts for all kinds that name a clock time or a date, and are repeated when the outage moves or takes longer: "by 11:30pm"
 * beside a new end at 2am would mislead. Texts written for that kind alone are as their writer wants them. For `all`, what
 * any of those kinds would say; for other kinds nothing.
 */
export function fixedTimes(kind: NoticeKind | 'all', entries: readonly WordingEntry[]): FixedTime[] {
  const asked = AFTER_A_CHANGE.filter((one) => kind === 'all' || kind === one);
  const names = new Set(asked.flatMap((one) => fieldsOf(one)));
  return [...names].flatMap((field): FixedTime[] => {
    const kinds = asked.filter((one) => fieldsOf(one).includes(field) && !hasItsOwn(one, field, entries));
    const [first] = kinds;
    const said = first === undefined ? [] : timesIn(textFor(first, field, entries) ?? '');
    return said.length === 0 ? [] : [{ field, label: wordingField(field).label, said, kinds }];
  });
}

function hasItsOwn(kind: NoticeKind, field: WordingName, entries: readonly WordingEntry[]): boolean {
  return entries.some((entry) => entry.kind === kind && entry.field === field);
}

const CLOCK = String.raw`\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\b\.?|\b(?:[01]?\d|2[0-3]):[0-5]\d\b|\b(?:noon|midday|midnight)\b`;
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const DATE = String.raw`\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:${MONTHS})[a-z]*\b`;

function timesIn(text: string): string[] {
  return [...new Set([...text.matchAll(new RegExp(`${DATE}|${CLOCK}`, 'giu'))].map(([found]) => found.trim()))];
}
