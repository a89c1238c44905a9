import type { BankHolidays } from '../../domain/bank-holidays.ts';
import { inWords } from '../../kernel/time-words.ts';

/** The rehearsal's own zone: what its clock is read in. */
export const REHEARSAL_ZONE = 'Europe/London';

/** A time to which the rehearsal's clock can be moved with one press. */
export interface Move {
  readonly label: string;
  readonly to: string;
  readonly words: string;
}

/** The quick moves, all of them ahead of `now`. */
export function quickMoves(now: Temporal.Instant, holidays: BankHolidays): Move[] {
  const here = now.toZonedDateTimeISO(REHEARSAL_ZONE);
  const moves: [string, Temporal.ZonedDateTime][] = [
    ['Tuesday 10am', nextAt(here, '10:00', (day) => day.dayOfWeek === 2)],
    ['Tonight 8:05pm', nextAt(here, '20:05', () => true)],
    ['1 hour on', here.add({ hours: 1 })],
    ['Next working day 9am', nextAt(here.add({ days: 1 }).startOfDay(), '09:00', (day) => isWorkingDay(day, holidays))],
  ];
  return moves.map(([label, time]) => {
    const to = time.toInstant().toString();
    return { label, to, words: inWords(to, REHEARSAL_ZONE) };
  });
}

/** "2026-12-08T10:00" in the rehearsal's zone as an instant; null when it is no time, or one that the clock change skips or repeats. */
export function typedTime(local: string): Temporal.Instant | null {
  try {
    return Temporal.PlainDateTime.from(local).toZonedDateTime(REHEARSAL_ZONE, { disambiguation: 'reject' }).toInstant();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function nextAt(
  after: Temporal.ZonedDateTime,
  time: string,
  wanted: (day: Temporal.PlainDate) => boolean,
): Temporal.ZonedDateTime {
  for (let day = after.toPlainDate(); ; day = day.add({ days: 1 })) {
    const there = day.toZonedDateTime({ timeZone: REHEARSAL_ZONE, plainTime: time });
    if (wanted(day) && Temporal.ZonedDateTime.compare(there, after) > 0) return there;
  }
}

function isWorkingDay(day: Temporal.PlainDate, holidays: BankHolidays): boolean {
  return day.dayOfWeek <= 5 && !holidays.days.has(day.toString());
}
