import { Refusal } from '../kernel/errors.ts';
import { dayInWords } from '../kernel/time-words.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const LONG_MONTHS =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec';
const DAY_MONTH_YEAR = new RegExp(`^(?:([a-z]+) )?(\\d{1,2}) (${LONG_MONTHS}) (\\d{4})$`, 'i');

/** "20:15", "20:15:30", "8pm", "8:30pm", "midday". 12am is refused, since people mean either end of the day. Null: no time. */
export function clockOf(word: string): Temporal.PlainTime | null {
  const low = word.toLowerCase();
  if (low === 'midday' || low === 'noon') return new Temporal.PlainTime(12);
  const exact = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(low);
  if (exact) return new Temporal.PlainTime(Number(exact[1]), Number(exact[2]), Number(exact[3] ?? 0));
  const spoken = /^(1[0-2]|[1-9])(?:[:.]([0-5]\d))?(am|pm)$/.exec(low);
  if (!spoken) return null;
  const hour = Number(spoken[1]);
  const minute = Number(spoken[2] ?? 0);
  if (hour === 12 && spoken[3] === 'am') {
    throw new Refusal(
      'unreadable-time',
      `"${word}" could be either end of the day. Type 00:${String(minute).padStart(2, '0')} with its date, or 23:59.`,
    );
  }
  return new Temporal.PlainTime((hour % 12) + (spoken[3] === 'pm' ? 12 : 0), minute);
}

/**
 * The date that the words before the time name: a date, "today", "tonight", "tomorrow", or a weekday (the next time that
 * day and hour come round). Null: no date. A weekday that contradicts its date, or "tonight" with
 * a time of the morning, is refused with what it could mean.
 */
export function dateOf(
  words: string,
  clock: Temporal.PlainTime,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate | null {
  const low = words.toLowerCase();
  const today = now.toPlainDate();
  if (low === 'today') return today;
  if (low === 'tomorrow') return today.add({ days: 1 });
  if (low === 'tonight') return tonight(today, clock);
  const weekday = weekdayOf(low);
  if (weekday !== null) return nextWeekday(weekday, clock, now);
  if (/^\d{4}-\d{2}-\d{2}$/.test(low)) return realDate(low);
  const named = DAY_MONTH_YEAR.exec(low);
  if (!named) return null;
  const month = MONTHS.findIndex((name) => named[3]?.startsWith(name)) + 1;
  const date = realDate(`${named[4]}-${String(month).padStart(2, '0')}-${named[2]?.padStart(2, '0')}`);
  if (date === null || named[1] === undefined) return date;
  return sameWeekday(date, named[1]) ? date : null;
}

function tonight(today: Temporal.PlainDate, clock: Temporal.PlainTime): Temporal.PlainDate {
  if (clock.hour >= 16) return today;
  const time = clock.toString({ smallestUnit: 'minute' });
  const readings = [`${today} ${time}`, `${today.add({ days: 1 })} ${time}`];
  throw new Refusal('unreadable-time', `"Tonight" at ${time} could be two times. Type ${readings.join(' or ')}.`, {
    facts: { readings },
  });
}

function nextWeekday(weekday: number, clock: Temporal.PlainTime, now: Temporal.ZonedDateTime): Temporal.PlainDate {
  const days = (weekday - now.dayOfWeek + 7) % 7;
  const passed = days === 0 && Temporal.PlainTime.compare(clock, now.toPlainTime()) <= 0;
  return now.toPlainDate().add({ days: passed ? 7 : days });
}

function sameWeekday(date: Temporal.PlainDate, word: string): boolean {
  const weekday = weekdayOf(word.toLowerCase());
  if (weekday === null) return false;
  if (weekday === date.dayOfWeek) return true;
  throw new Refusal('unreadable-time', `${date.toString()} is ${dayInWords(date)}, not a ${word}. Check the date.`);
}

/** Monday is 1. Whole names, or their first three letters. */
function weekdayOf(word: string): number | null {
  const found = WEEKDAYS.findIndex((name) => name === word || name.slice(0, 3) === word);
  return found === -1 ? null : found + 1;
}

function realDate(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
