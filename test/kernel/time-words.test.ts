import { expect, it } from 'vitest';
import { clockInWords, inWords, lengthInWords, spanInWords } from '../../src/kernel/time-words.ts';

const LONDON = 'Europe/London';

const times: readonly [string, string][] = [
  ['2026-12-08T17:00:00Z', '5pm'],
  ['2026-12-08T17:30:00Z', '5:30pm'],
  ['2026-12-08T12:00:00Z', 'midday'],
  ['2026-12-08T12:05:00Z', '12:05pm'],
  ['2026-12-08T00:05:00Z', '12:05am'],
  ['2026-07-08T08:00:00Z', '9am'],
];

for (const [instant, words] of times) {
  it(`says ${words} for ${instant}`, () => expect(clockInWords(instant, LONDON)).toBe(words));
}

it('always computes the weekday', () => {
  expect(inWords('2026-12-08T17:00:00Z', LONDON)).toBe('Tuesday 8 December 2026, 5pm');
});

it('says both days of a span only where they differ', () => {
  expect(spanInWords('2026-12-08T17:00:00Z', '2026-12-08T23:00:00Z', LONDON)).toBe(
    'Tuesday 8 December 2026, 5pm to 11pm',
  );
  expect(spanInWords('2026-12-08T20:00:00Z', '2026-12-09T01:00:00Z', LONDON)).toBe(
    'Tuesday 8 December 2026, 8pm to Wednesday 9 December 2026, 1am',
  );
});

it('never promises a length too short', () => {
  expect(lengthInWords(61)).toBe('2 min');
  expect(lengthInWords(4_200)).toBe('1 h 10 min');
  expect(lengthInWords(7_200)).toBe('2 h');
});
