import { Refusal } from '../kernel/errors.ts';
import { timeInWords } from '../kernel/time-words.ts';

/** Monday first; a bank holiday is a day of its own kind, whatever weekday it falls on. */
export const DAY_KINDS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'bank-holiday',
] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** Local wall times "HH:MM", `to` up to "24:00". Where `to` is not later than `from`, the range ends on the next day, and belongs to the day it starts on. */
export interface HoursRange {
  readonly days: readonly DayKind[];
  readonly from: string;
  readonly to: string;
}

/** A migration's working hours (rule 11). `closed` is blocked for everybody; `amber` needs a second confirmation with a reason. */
export interface HoursPolicy {
  /** Where the hours come from, in words for the screen. */
  readonly source: string;
  readonly zone: string;
  readonly closed: readonly HoursRange[];
  readonly amber: readonly HoursRange[];
}

const WORKING_DAYS: readonly DayKind[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

export const DEFAULT_HOURS: HoursPolicy = {
  source: 'the default working hours',
  zone: 'Europe/London',
  closed: [{ days: WORKING_DAYS, from: '08:00', to: '18:30' }],
  amber: [
    { days: WORKING_DAYS, from: '18:30', to: '20:00' },
    { days: ['saturday', 'sunday', 'bank-holiday'], from: '08:00', to: '16:00' },
  ],
};

/**
 * Checks a policy that came from a file or the database. Unknown keys, days, times, or a range of no length are refused:
 * a misspelt "closed" must not open the day. Throws Refusal "bad-hours" that names each fault.
 */
export function readHoursPolicy(value: unknown, source: string): HoursPolicy {
  const faults: string[] = [];
  const given = isRecord(value) ? value : {};
  if (!isRecord(value)) faults.push('the policy must be an object with zone, closed and amber');
  for (const key of Object.keys(given)) {
    if (!['zone', 'closed', 'amber', 'source'].includes(key)) faults.push(`"${key}" is not part of a policy`);
  }
  const zone = typeof given.zone === 'string' ? given.zone : '';
  if (zone === '') faults.push('zone is missing, for example "Europe/London"');
  const closed = readRanges(given.closed, 'closed', faults);
  const amber = readRanges(given.amber, 'amber', faults);
  if (faults.length > 0) {
    throw new Refusal('bad-hours', `These working hours cannot be used: ${faults.join('; ')}.`, { facts: { faults } });
  }
  return { source: typeof given.source === 'string' ? given.source : source, zone, closed, amber };
}

/** Minutes since the start of the day, 0 to 1440. Throws RangeError for anything but "HH:MM". */
export function minutesOf(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(time);
  if (!match) throw new RangeError(`"${time}" is not a time such as 18:30`);
  return match[1] === undefined ? 1440 : Number(match[1]) * 60 + Number(match[2]);
}

/** "Monday to Friday 8am to 6:30pm, Saturday 8am to 4pm". */
export function rangesInWords(ranges: readonly HoursRange[]): string {
  return ranges.map((range) => `${daysInWords(range.days)} ${timesInWords(range)}`).join(', ');
}

/** "8am to 6:30pm"; over midnight "10pm to 6am the next day". */
export function timesInWords(range: HoursRange): string {
  const [from, to] = [minutesOf(range.from), minutesOf(range.to)];
  if (from === 0 && to === 1440) return 'all day';
  return `${minutesInWords(from)} to ${minutesInWords(to)}${to <= from && to > 0 ? ' the next day' : ''}`;
}

function minutesInWords(minutes: number): string {
  const inDay = minutes === 1440 ? 0 : minutes;
  if (inDay === 0) return '12am';
  return timeInWords(new Temporal.PlainTime(Math.floor(inDay / 60), inDay % 60));
}

function daysInWords(days: readonly DayKind[]): string {
  const weekdays = DAY_KINDS.slice(0, 7).filter((day) => days.includes(day));
  const first = weekdays[0];
  const last = weekdays.at(-1);
  const inARow =
    first !== undefined &&
    last !== undefined &&
    weekdays.length > 2 &&
    DAY_KINDS.indexOf(last) - DAY_KINDS.indexOf(first) === weekdays.length - 1;
  const words = inARow ? [`${named(first)} to ${named(last)}`] : weekdays.map(named);
  if (days.includes('bank-holiday')) words.push('bank holidays');
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function named(day: DayKind): string {
  return day.charAt(0).toUpperCase() + day.slice(1);
}

function readRanges(value: unknown, name: string, faults: string[]): HoursRange[] {
  if (!Array.isArray(value)) {
    faults.push(`${name} must be a list of ranges ([] for none)`);
    return [];
  }
  return value.flatMap((entry: unknown, index) => {
    const at = `${name} range ${index + 1}`;
    if (!isRecord(entry) || !Array.isArray(entry.days) || entry.days.length === 0) {
      faults.push(`${at} needs days, from and to`);
      return [];
    }
    for (const key of Object.keys(entry)) {
      if (!['days', 'from', 'to'].includes(key)) faults.push(`${at}: "${key}" is not part of a range`);
    }
    for (const day of entry.days) if (!isDayKind(day)) faults.push(`${at}: "${String(day)}" is not a day`);
    const [from, to] = [String(entry.from), String(entry.to)];
    const times = [from, to].filter((time) => !isTime(time));
    for (const time of times) faults.push(`${at}: "${time}" is not a time such as 18:30`);
    if (from === '24:00') faults.push(`${at} cannot start at 24:00: start the next day at 00:00`);
    if (from === to) faults.push(`${at} has no length: for a whole day write 00:00 to 24:00`);
    return [{ days: entry.days.filter(isDayKind), from, to }];
  });
}

function isTime(time: string): boolean {
  return /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time);
}

function isDayKind(day: unknown): day is DayKind {
  return (DAY_KINDS as readonly unknown[]).includes(day);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
