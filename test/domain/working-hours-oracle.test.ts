import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadBankHolidays } from '../../src/calendars/holidays.ts';
import { DAY_KINDS, DEFAULT_HOURS, type HoursPolicy } from '../../src/domain/hours-policy.ts';
import { hours } from '../../src/domain/working-hours.ts';
import { oracle } from './hours-oracle.ts';

const MINUTE = 60_000;
const bankHolidays = loadBankHolidays();
const holidayDates = new Set(bankHolidays.days.keys());
const at = (text: string) => Temporal.Instant.from(text);

it('11: every minute of 2026 and 2027, and a day on either side, is judged as an independent oracle judges it', () => {
  expect(disagreements(DEFAULT_HOURS, '2025-12-31T00:00:00Z', '2028-01-02T00:00:00Z')).toEqual([]);
});

it('11: random policies agree with the oracle around the clock changes, Christmas, Easter and the edges of the table', () => {
  const weeks = [
    ['2025-12-31T20:00:00Z', '2026-01-02T12:00:00Z'],
    ['2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z'],
    ['2026-04-02T12:00:00Z', '2026-04-07T12:00:00Z'],
    ['2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z'],
    ['2027-03-27T12:00:00Z', '2027-03-29T12:00:00Z'],
    ['2027-10-30T12:00:00Z', '2027-11-01T12:00:00Z'],
    ['2027-12-26T12:00:00Z', '2028-01-01T12:00:00Z'],
  ] as const;
  fc.assert(
    fc.property(anyPolicy(), fc.constantFrom(...weeks), (policy, [from, to]) => {
      expect(disagreements(policy, from, to)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('11: the verdict of an instant and its interval are the same thing', () => {
  fc.assert(
    fc.property(anyPolicy(), fc.integer({ min: 0, max: 2 * 365 * 1440 }), (policy, minute) => {
      const judge = hours(policy, { bankHolidays, stops: [] });
      const instant = at('2026-01-01T00:00:00Z').add({ minutes: minute });
      const [interval] = judge.intervals(instant, instant.add({ minutes: 1 }));
      const { verdict, reasons } = judge.verdict(instant);
      expect({ verdict, reasons }).toEqual({ verdict: interval?.verdict, reasons: interval?.reasons });
    }),
  );
});

function disagreements(policy: HoursPolicy, from: string, to: string): string[] {
  const judge = oracle(policy, holidayDates, ['2026', '2027']);
  const found: string[] = [];
  for (const interval of hours(policy, { bankHolidays, stops: [] }).intervals(at(from), at(to))) {
    const end = at(interval.to).epochMilliseconds;
    for (let minute = at(interval.from).epochMilliseconds; minute < end; minute += MINUTE) {
      const expected = judge(minute);
      if (expected !== interval.verdict && found.length < 5) {
        found.push(`${new Date(minute).toISOString()}: ${interval.verdict}, but the oracle says ${expected}`);
      }
    }
  }
  return found;
}

function anyPolicy(): fc.Arbitrary<HoursPolicy> {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const range = fc
    .record({
      days: fc.subarray([...DAY_KINDS], { minLength: 1 }),
      from: time,
      to: fc.oneof(time, fc.constant('24:00')),
    })
    .filter(({ from, to }) => from !== to);
  return fc.record({
    source: fc.constant('a random policy'),
    zone: fc.constantFrom('Europe/London', 'Europe/Dublin', 'Australia/Lord_Howe', 'America/New_York', 'UTC'),
    closed: fc.array(range, { maxLength: 3 }),
    amber: fc.array(range, { maxLength: 3 }),
  });
}
