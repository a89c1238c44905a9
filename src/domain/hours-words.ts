import { Refusal } from '../kernel/errors.ts';
import { DAY_KINDS, type DayKind, type HoursRange } from './hours-policy.ts';
import { clockOf } from './local-time-words.ts';

const TIME = '\\d{1,2}(?:[:.]\\d{2})?(?:am|pm)?|midday|noon';
const RANGE = new RegExp(
  `^[\\s,;]*([a-z][a-z ,-]*?)\\s+(?:(all day)|(${TIME})\\s*(?:to|-)\\s*(${TIME})(?:\\s+the next day)?)(?=[\\s,;]|$)`,
  'i',
);

/**
 * Reads hours as the cards write them: "Monday to Friday 8am to 6:30pm, Saturday, Sunday and bank holidays 8am to 4pm",
 * or "none". A range whose end is not later than its start goes over midnight. Refuses "bad-hours" for anything else.
 */
export function readRanges(text: string): readonly HoursRange[] {
  const found: HoursRange[] = [];
  for (let rest = text.trim(); rest !== '' && !/^none$/i.test(text.trim()); ) {
    const match = RANGE.exec(rest);
    if (!match) throw unreadable(rest);
    const days = daysOf(match[1] ?? '');
    const range = match[2]
      ? { days, from: '00:00', to: '24:00' }
      : { days, from: start(match[3] ?? ''), to: end(match[4] ?? '') };
    if (range.from === range.to) throw unreadable(match[0]);
    found.push(range);
    rest = rest.slice(match[0].length).replace(/^[\s,;]+/, '');
  }
  return found;
}

/** "Monday to Friday", "Saturday, Sunday and bank holidays", "every day". */
function daysOf(words: string): readonly DayKind[] {
  const low = words.toLowerCase().trim();
  if (low === 'every day') return DAY_KINDS;
  const days = low.split(/\s*,\s*(?:and\s+)?|\s+and\s+/).flatMap((part) => {
    const [first, last, ...more] = part.split(/\s+to\s+|\s*-\s*/).map((word) => dayOf(word));
    if (first === undefined || more.length > 0) throw unreadable(words);
    if (last === undefined) return [first];
    const row = DAY_KINDS.slice(DAY_KINDS.indexOf(first), DAY_KINDS.indexOf(last) + 1);
    if (row.length === 0 || row.includes('bank-holiday')) throw unreadable(words);
    return row;
  });
  return DAY_KINDS.filter((day) => days.includes(day));
}

function dayOf(word: string): DayKind {
  if (/^bank holidays?$/.test(word)) return 'bank-holiday';
  const day = DAY_KINDS.find((name) => name !== 'bank-holiday' && (name === word || name.slice(0, 3) === word));
  if (day === undefined) throw unreadable(word);
  return day;
}

function start(word: string): string {
  return /^12(?::00)?am$/i.test(word) ? '00:00' : wall(word);
}

function end(word: string): string {
  return /^(12(?::00)?am|00:00|24:00)$/i.test(word) ? '24:00' : wall(word);
}

function wall(word: string): string {
  const half = /^12[:.](\d{2})am$/i.exec(word);
  if (half) return `00:${half[1]}`;
  const clock = clockOf(word);
  if (clock === null) throw unreadable(word);
  return clock.toString({ smallestUnit: 'minute' });
}

function unreadable(text: string): Refusal {
  return new Refusal(
    'bad-hours',
    `"${text}" cannot be read as hours. Type them like: Monday to Friday 8am to 6:30pm, Saturday, Sunday and bank holidays 8am to 4pm.`,
  );
}
