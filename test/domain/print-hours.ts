import { loadBankHolidays } from '../../src/calendars/holidays.ts';
import { DEFAULT_HOURS } from '../../src/domain/hours-policy.ts';
import { readLocalTime } from '../../src/domain/local-time.ts';
import { hours } from '../../src/domain/working-hours.ts';

/** Prints what the evaluator says about two years, for the test that compares machines in different zones. */
const judge = hours(DEFAULT_HOURS, { bankHolidays: loadBankHolidays(), stops: [] });
const from = Temporal.Instant.from('2026-01-01T00:00:00Z');
const typed = ['2026-07-07 20:15', 'tonight 8pm', 'Tuesday 8pm', '8 December 2026 8pm'];
process.stdout.write(
  JSON.stringify([
    judge.intervals(from, Temporal.Instant.from('2028-01-01T00:00:00Z')),
    judge.openings(from, 4200, 20),
    typed.map((text) => readLocalTime(text, 'Europe/London', from).toString()),
  ]),
);
