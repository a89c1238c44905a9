import { readFileSync } from 'node:fs';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { Refusal } from '../kernel/errors.ts';

const OWN_FILE = new URL('./bank-holidays.json', import.meta.url);

/** The project's own table: England and Wales 2026 and 2027, compiled by hand in the official list's form. */
export function loadBankHolidays(division = 'england-and-wales'): BankHolidays {
  return readBankHolidays(readFileSync(OWN_FILE, 'utf8'), 'bank holidays in England and Wales', division);
}

/**
 * Reads the official list's form: `{ DIVISION: { division, events: [{ title, date, notes }] } }`. Covered are the whole
 * years from the first to the last event; a year without any event in between means that the file is broken.
 * Throws Refusal "bad-bank-holidays" naming what is wrong.
 */
export function readBankHolidays(text: string, source: string, division = 'england-and-wales'): BankHolidays {
  const events = eventsOf(parse(text), division);
  const days = new Map<string, string>();
  for (const event of events) {
    const { date, title } = isRecord(event) ? event : {};
    if (typeof date !== 'string' || typeof title !== 'string' || !isDate(date)) {
      throw broken(`an event has no date in the form 2026-12-25, or no title: ${JSON.stringify(event)}`);
    }
    days.set(date, title);
  }
  const years = [...new Set([...days.keys()].map((date) => Number(date.slice(0, 4))))].sort((a, b) => a - b);
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) throw broken(`"${division}" has no events`);
  if (years.length !== last - first + 1) throw broken(`a year between ${first} and ${last} has no event`);
  return { source, coveredFrom: `${first}-01-01`, coveredTo: `${last}-12-31`, days };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) throw broken('it is not JSON');
    throw error;
  }
}

function eventsOf(list: unknown, division: string): readonly unknown[] {
  const part = isRecord(list) ? list[division] : undefined;
  if (!isRecord(part) || !Array.isArray(part.events)) throw broken(`it has no division "${division}" with events`);
  return part.events;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(why: string): Refusal {
  return new Refusal(
    'bad-bank-holidays',
    `The bank-holidays file cannot be used: ${why}. Replace it by the official bank-holidays.json.`,
  );
}
