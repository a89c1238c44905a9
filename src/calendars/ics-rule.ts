import type ICAL from 'ical.js';
import { BY_HAND, badCalendar, type Place } from './ics-fault.ts';

/** A recurrence rule, checked: what is not followed is refused, never read as something else. */
export interface Rule {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | null;
  /** 1 Monday to 7 Sunday. */
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  /** `nth` 0: every one of them; -1: the last. */
  readonly weekdays: readonly { readonly nth: number; readonly day: number }[];
  readonly positions: readonly number[];
}

const BY_DATE = ['BYMONTH', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS'];
const PARTS: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['BYMONTH', 'BYDAY', 'BYMONTHDAY'],
  WEEKLY: ['BYMONTH', 'BYDAY'],
  MONTHLY: BY_DATE,
  YEARLY: BY_DATE,
};
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export function readRule(recur: ICAL.Recur, where: Place): Rule {
  const known = PARTS[recur.freq];
  const strange = known ? Object.keys(recur.parts).find((part) => !known.includes(part)) : `FREQ=${recur.freq}`;
  const refuse = (what: string) =>
    badCalendar(`its rule "${String(recur).slice(0, 80)}" has ${what}, which is not followed here`, where, BY_HAND);
  if (strange !== undefined) throw refuse(strange);
  if (!Number.isInteger(recur.interval) || recur.interval < 1) throw refuse('that INTERVAL');
  const weekdays = values(recur.parts.BYDAY).map((text) => {
    const [, nth = '', day = ''] = /^([+-]?\d{0,2})(MO|TU|WE|TH|FR|SA|SU)$/.exec(text) ?? [];
    if (day === '') throw refuse(`BYDAY=${text}`);
    return { nth: Number(nth), day: DAYS.indexOf(day) + 1 };
  });
  return {
    freq: recur.freq as Rule['freq'],
    interval: recur.interval,
    count: recur.count ?? null,
    // The library counts from Sunday, 1.
    weekStart: ((Number(recur.wkst) + 5) % 7) + 1,
    months: values(recur.parts.BYMONTH).map(Number),
    monthDays: values(recur.parts.BYMONTHDAY).map(Number),
    weekdays,
    positions: values(recur.parts.BYSETPOS).map(Number),
  };
}

function values(part: unknown): string[] {
  return part === undefined ? [] : (Array.isArray(part) ? part : [part]).map(String);
}
