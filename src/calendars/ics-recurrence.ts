import type ICAL from 'ical.js';
import { BY_HAND, badCalendar, type Place } from './ics-fault.ts';
import type { Moment } from './ics-moment.ts';
import { type Rule, readRule } from './ics-rule.ts';
import type { WallZone } from './ics-zone.ts';

/** Daily for more than a hundred years. */
const MOST_PERIODS = 50_000;

/**
 * The walls on which a rule says that the event begins, up to `end`; the event's own start is always the first. Walked
 * period by period here: the library's own walk never returned from some rules, and began others in the wrong month.
 */
export function wallsOf(
  recur: ICAL.Recur,
  start: Moment,
  end: Temporal.Instant,
  utc: WallZone,
  where: Place,
): Temporal.PlainDateTime[] {
  const rule = readRule(recur, where);
  const until = recur.until ? untilWall(recur.until, start, utc) : null;
  const found = [start.wall];
  const last = start.zone.wallOf(end);
  const [first, time] = [start.wall.toPlainDate(), start.wall.toPlainTime()];
  for (let period = 0; period < MOST_PERIODS; period++) {
    const from = periodStart(rule, first, period);
    if (Temporal.PlainDate.compare(from, last.toPlainDate()) > 0) return found;
    for (const day of placed(rule, daysOf(rule, from, first))) {
      const wall = day.toPlainDateTime(time);
      if (Temporal.PlainDateTime.compare(wall, start.wall) <= 0) continue;
      if (until !== null && Temporal.PlainDateTime.compare(wall, until) > 0) return found;
      if (rule.count !== null && found.length >= rule.count) return found;
      found.push(wall);
    }
  }
  throw badCalendar('an event repeats too many times', where, BY_HAND);
}

function periodStart(rule: Rule, first: Temporal.PlainDate, period: number): Temporal.PlainDate {
  const steps = period * rule.interval;
  if (rule.freq === 'DAILY') return first.add({ days: steps });
  if (rule.freq === 'WEEKLY')
    return first.subtract({ days: (first.dayOfWeek - rule.weekStart + 7) % 7 }).add({ weeks: steps });
  if (rule.freq === 'MONTHLY') return first.with({ day: 1 }).add({ months: steps });
  return first.with({ month: 1, day: 1 }).add({ years: steps });
}

/** The days of one period that the rule's parts all allow, in order. */
function daysOf(rule: Rule, from: Temporal.PlainDate, first: Temporal.PlainDate): Temporal.PlainDate[] {
  const { freq, months, monthDays, weekdays } = rule;
  const byDay = weekdays.length > 0;
  const byMonthDay = monthDays.length > 0;
  return allDays(freq, from).filter((day) => {
    if (months.length > 0 && !months.includes(day.month)) return false;
    if (byMonthDay && !monthDays.some((wanted) => wanted === day.day || wanted === day.day - day.daysInMonth - 1)) {
      return false;
    }
    const inYear = freq === 'YEARLY' && months.length === 0 && !byMonthDay;
    if (byDay && !weekdays.some((wanted) => isWeekday(wanted, day, inYear))) return false;
    if (byDay || byMonthDay || freq === 'DAILY') return true;
    if (freq === 'WEEKLY') return day.dayOfWeek === first.dayOfWeek;
    return day.day === first.day && (freq === 'MONTHLY' || months.length > 0 || day.month === first.month);
  });
}

function allDays(freq: Rule['freq'], from: Temporal.PlainDate): Temporal.PlainDate[] {
  const count = { DAILY: 1, WEEKLY: 7, MONTHLY: from.daysInMonth, YEARLY: from.daysInYear }[freq];
  return Array.from({ length: count }, (_, days) => from.add({ days }));
}

/** "2TU" is the second Tuesday of the month, or of the year where no month is named; "-1SU" the last Sunday. */
function isWeekday(wanted: Rule['weekdays'][number], day: Temporal.PlainDate, inYear: boolean): boolean {
  if (wanted.day !== day.dayOfWeek) return false;
  if (wanted.nth === 0) return true;
  const [at, length] = inYear ? [day.dayOfYear, day.daysInYear] : [day.day, day.daysInMonth];
  return wanted.nth > 0 ? Math.ceil(at / 7) === wanted.nth : Math.ceil((length - at + 1) / 7) === -wanted.nth;
}

function placed(rule: Rule, days: readonly Temporal.PlainDate[]): readonly Temporal.PlainDate[] {
  const { positions } = rule;
  if (positions.length === 0) return days;
  return days.filter((_, index) => positions.includes(index + 1) || positions.includes(index - days.length));
}

/** An UNTIL in UTC is turned to the event's wall; a bare date holds the whole day. */
function untilWall(until: ICAL.Time, start: Moment, utc: WallZone): Temporal.PlainDateTime {
  const text = until.toString();
  if (until.isDate) return Temporal.PlainDate.from(text).toPlainDateTime('23:59:59');
  const wall = Temporal.PlainDateTime.from(text.slice(0, 19));
  return text.endsWith('Z') ? start.zone.wallOf(utc.start(wall)) : wall;
}
