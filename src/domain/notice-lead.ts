import type { BankHolidays } from './bank-holidays.ts';

/** Beyond the calendar's cover no day is a working day (rule 11). */
export function isWorkingDay(date: Temporal.PlainDate, known: BankHolidays): boolean {
  const day = date.toString();
  const covered = known.coveredFrom <= day && day <= known.coveredTo;
  return covered && date.dayOfWeek <= 5 && !known.days.has(day);
}

/**
 * The last moment at which people must have been told: as many working days before the outage's start, at the same time of
 * day (rule 24). Null where the calendar does not reach: then no lead counts as met.
 */
export function leadDeadline(
  outageStart: string,
  workingDays: number,
  zone: string,
  known: BankHolidays,
): Temporal.Instant | null {
  const start = Temporal.Instant.from(outageStart).toZonedDateTimeISO(zone);
  let date = start.toPlainDate();
  for (let left = workingDays; left > 0; ) {
    date = date.subtract({ days: 1 });
    if (date.toString() < known.coveredFrom || date.toString() > known.coveredTo) return null;
    if (isWorkingDay(date, known)) left--;
  }
  return date.toZonedDateTime({ timeZone: zone, plainTime: start.toPlainTime() }).toInstant();
}

/** 9am on the next working day, today included while it is still before 9am (rule 21). Null where the calendar ends. */
export function nextSendingTime(now: Temporal.Instant, zone: string, known: BankHolidays): Temporal.Instant | null {
  const start = now.toZonedDateTimeISO(zone);
  for (let days = 0; days < 30; days++) {
    const date = start.toPlainDate().add({ days });
    const at = date.toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).toInstant();
    if (isWorkingDay(date, known) && Temporal.Instant.compare(at, now) >= 0) return at;
  }
  return null;
}

/** How long that many mails take at that rate, in seconds; at no limit it is not a question of time. */
export function sendingSeconds(count: number, mailsPerMinute: number | null): number {
  return mailsPerMinute === null || count === 0 ? 0 : Math.ceil(((count - 1) * 60) / mailsPerMinute);
}

/** What the person who sends wants to know first: the last mail's time, and whether the lead is met. */
export interface SendingForecast {
  readonly dueAt: string;
  readonly lastAt: string;
  readonly seconds: number;
  readonly leadDeadline: string | null;
  readonly leadMet: boolean;
}

export function sendingForecast(
  dueAt: Temporal.Instant,
  count: number,
  mailsPerMinute: number | null,
  deadline: Temporal.Instant | null,
): SendingForecast {
  const seconds = sendingSeconds(count, mailsPerMinute);
  const lastAt = dueAt.add({ seconds });
  return {
    dueAt: dueAt.toString(),
    lastAt: lastAt.toString(),
    seconds,
    leadDeadline: deadline?.toString() ?? null,
    leadMet: deadline !== null && Temporal.Instant.compare(lastAt, deadline) <= 0,
  };
}
