import { dayInWords } from '../kernel/time-words.ts';
import type { BankHolidays } from './bank-holidays.ts';
import {
  DAY_KINDS,
  type DayKind,
  type HoursPolicy,
  type HoursRange,
  minutesOf,
  rangesInWords,
  timesInWords,
} from './hours-policy.ts';
import type { Reason } from './verdict.ts';

export const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** What the hours and the bank holidays say by local wall time: milliseconds since 1970-01-01T00:00 on the wall, no zone. */
export interface DayPlans {
  reasonsAt(wall: number): readonly Reason[];
  /** The next wall time after this one at which a range may begin or end: a boundary of the policy, or the day's end. */
  nextCut(wall: number): number;
  isAfterCoverage(wall: number): boolean;
}

const NOTHING: readonly Reason[] = [];

/** A range on one day, in minutes of that day; a range over midnight is two of these, with one reason. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly reason: Reason;
}

export function dayPlans(policy: HoursPolicy, holidays: BankHolidays): DayPlans {
  const names = new Map([...holidays.days].map(([date, name]) => [dayNumber(date), name]));
  const coveredFrom = dayNumber(holidays.coveredFrom);
  const coveredTo = dayNumber(holidays.coveredTo);
  const cuts = cutsOf(policy);
  const ranges = rangesByKind(policy);
  const uncovered: readonly Reason[] = [uncoveredReason(holidays)];
  const plans = new Map<number, readonly Piece[]>();
  const holidayReasons = new Map<string, Reason>();

  return {
    reasonsAt(wall) {
      const day = Math.floor(wall / DAY);
      if (day < coveredFrom || day > coveredTo) return uncovered;
      const minute = Math.floor((wall - day * DAY) / MINUTE);
      const speaking = planOf(day).filter((piece) => minute >= piece.from && minute < piece.to);
      if (speaking.length === 0) return NOTHING;
      return [...new Set(speaking.map((piece) => piece.reason))];
    },
    nextCut(wall) {
      const day = Math.floor(wall / DAY);
      const minute = (wall - day * DAY) / MINUTE;
      return day * DAY + (cuts.find((cut) => cut > minute) ?? 1440) * MINUTE;
    },
    isAfterCoverage: (wall) => Math.floor(wall / DAY) > coveredTo,
  };

  function planOf(day: number): readonly Piece[] {
    const known = plans.get(day);
    if (known) return known;
    const today = piecesOf(day).map(({ range, reason }) => ({
      from: range.from,
      to: Math.min(range.to, 1440),
      reason,
    }));
    const carried = piecesOf(day - 1)
      .filter(({ range }) => range.to > 1440)
      .map(({ range, reason }) => ({ from: 0, to: range.to - 1440, reason }));
    const plan = [...carried, ...today];
    plans.set(day, plan);
    return plan;
  }

  function piecesOf(day: number): readonly { range: MinuteRange; reason: Reason }[] {
    return kindsOf(day).flatMap((kind) =>
      (ranges.get(kind) ?? []).map((range) => ({ range, reason: reasonOf(range, kind, day) })),
    );
  }

  /** A day outside the table may be either kind: its range over midnight then counts both ways (deny wins). */
  function kindsOf(day: number): readonly DayKind[] {
    const weekday = DAY_KINDS[(((day + 3) % 7) + 7) % 7] ?? 'monday';
    if (day < coveredFrom || day > coveredTo) return [weekday, 'bank-holiday'];
    return names.has(day) ? ['bank-holiday'] : [weekday];
  }

  function reasonOf(range: MinuteRange, kind: DayKind, day: number): Reason {
    const holiday = kind === 'bank-holiday' ? names.get(day) : undefined;
    if (holiday === undefined) return range.reason;
    const key = `${range.rule} ${range.from} ${range.to} ${holiday}`;
    const known = holidayReasons.get(key);
    if (known) return known;
    const reason: Reason = {
      rule: range.rule,
      source: `${policy.source}; ${holidays.source}`,
      text: sentence(range.rule, `${holiday}, a bank holiday, ${range.times}`),
    };
    holidayReasons.set(key, reason);
    return reason;
  }
}

interface MinuteRange {
  readonly rule: 'working-hours' | 'amber-hours';
  readonly from: number;
  /** Over 1440 when it ends on the next day. */
  readonly to: number;
  readonly times: string;
  readonly reason: Reason;
}

function rangesByKind(policy: HoursPolicy): ReadonlyMap<DayKind, readonly MinuteRange[]> {
  const all = [
    ...policy.closed.map((range) => minuteRange(range, 'working-hours', policy.source)),
    ...policy.amber.map((range) => minuteRange(range, 'amber-hours', policy.source)),
  ];
  return new Map(DAY_KINDS.map((kind) => [kind, all.filter((entry) => entry.days.includes(kind))]));
}

function minuteRange(
  range: HoursRange,
  rule: MinuteRange['rule'],
  source: string,
): MinuteRange & { days: readonly DayKind[] } {
  const [from, to] = [minutesOf(range.from), minutesOf(range.to)];
  return {
    days: range.days,
    rule,
    from,
    to: to <= from ? to + 1440 : to,
    times: timesInWords(range),
    reason: { rule, source, text: sentence(rule, rangesInWords([range])) },
  };
}

function sentence(rule: MinuteRange['rule'], when: string): string {
  return rule === 'working-hours'
    ? `Bulk updates are blocked in working hours (${when}).`
    : `A bulk update now needs a second confirmation with a reason (${when}).`;
}

function uncoveredReason(holidays: BankHolidays): Reason {
  const [from, to] = [holidays.coveredFrom, holidays.coveredTo].map((day) => dayInWords(Temporal.PlainDate.from(day)));
  return {
    rule: 'bank-holidays',
    source: holidays.source,
    text: `Bank holidays are known from ${from} to ${to} only: every other day is closed until its bank holidays are loaded.`,
  };
}

function cutsOf(policy: HoursPolicy): readonly number[] {
  const minutes = [...policy.closed, ...policy.amber].flatMap((range) => [minutesOf(range.from), minutesOf(range.to)]);
  return [...new Set(minutes.filter((minute) => minute > 0 && minute < 1440))].sort((a, b) => a - b);
}

function dayNumber(date: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds / DAY;
}
