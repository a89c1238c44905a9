import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BankHolidays } from '../../../src/domain/bank-holidays.ts';
import { quickMoves, typedTime } from '../../../src/surfaces/rehearsal-chat/moves.ts';

const HOLIDAYS: BankHolidays = {
  source: 'a test table',
  coveredFrom: '2026-01-01',
  coveredTo: '2027-12-31',
  days: new Map([
    ['2026-12-25', 'Christmas Day'],
    ['2026-12-28', 'Boxing Day (substitute day)'],
  ]),
};

function movesAt(now: string): Record<string, string> {
  return Object.fromEntries(quickMoves(Temporal.Instant.from(now), HOLIDAYS).map(({ label, words }) => [label, words]));
}

it('offers the times that the story needs, from a Tuesday at 10am', () => {
  expect(movesAt('2026-12-01T10:00:00Z')).toEqual({
    'Tuesday 10am': 'Tuesday 8 December 2026, 10am',
    'Tonight 8:05pm': 'Tuesday 1 December 2026, 8:05pm',
    '1 hour on': 'Tuesday 1 December 2026, 11am',
    'Next working day 9am': 'Wednesday 2 December 2026, 9am',
  });
});

it('steps over Christmas and the weekend to the next working day', () => {
  expect(movesAt('2026-12-24T21:00:00Z')).toMatchObject({
    'Tonight 8:05pm': 'Friday 25 December 2026, 8:05pm',
    'Next working day 9am': 'Tuesday 29 December 2026, 9am',
  });
});

it('only ever offers times ahead', () => {
  const instants = fc.integer({ min: 1_767_225_600, max: 1_830_297_600 });
  fc.assert(
    fc.property(instants, (seconds) => {
      const now = Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);
      for (const { to } of quickMoves(now, HOLIDAYS)) expect(Temporal.Instant.compare(to, now)).toBe(1);
    }),
  );
});

it('reads a typed time in London, and takes none that a clock change skips or repeats', () => {
  expect(typedTime('2026-12-08T20:05')?.toString()).toBe('2026-12-08T20:05:00Z');
  expect(typedTime('2026-07-08T20:05')?.toString()).toBe('2026-07-08T19:05:00Z');
  expect(typedTime('2027-03-28T01:30')).toBeNull();
  expect(typedTime('2026-10-25T01:30')).toBeNull();
  expect(typedTime('soon')).toBeNull();
});
