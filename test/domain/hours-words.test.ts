import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY_KINDS, DEFAULT_HOURS, rangesInWords } from '../../src/domain/hours-policy.ts';
import { readRanges } from '../../src/domain/hours-words.ts';
import { Refusal } from '../../src/kernel/errors.ts';

it('11: hours are read as the cards write them', () => {
  expect(readRanges(rangesInWords(DEFAULT_HOURS.closed))).toEqual(DEFAULT_HOURS.closed);
  expect(readRanges(rangesInWords(DEFAULT_HOURS.amber))).toEqual(DEFAULT_HOURS.amber);
  expect(readRanges('mon-fri 08:00-18:30; Friday 10pm to 6am')).toEqual([
    { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '08:00', to: '18:30' },
    { days: ['friday'], from: '22:00', to: '06:00' },
  ]);
  expect(readRanges('none')).toEqual([]);
  expect(readRanges('every day 12am to 6am')).toEqual([{ days: DAY_KINDS, from: '00:00', to: '06:00' }]);
});

it('11: any hours survive being written and read', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const time = minute.map(
    (at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
  );
  const range = fc
    .record({
      days: fc.subarray([...DAY_KINDS], { minLength: 1 }),
      from: time,
      to: fc.oneof(
        time.filter((at) => at !== '00:00'),
        fc.constant('24:00'),
      ),
    })
    .filter(({ from, to }) => from !== to);
  fc.assert(
    fc.property(fc.array(range, { minLength: 1, maxLength: 4 }), (ranges) => {
      expect(readRanges(rangesInWords(ranges))).toEqual(ranges);
    }),
  );
});

it.each([
  'Monday',
  '8am to 6pm',
  'Funday 8am to 6pm',
  'Monday to Friday 8am',
  'Monday 8am to 8am',
  'Friday to Monday 8am to 6pm',
  'Monday 25:00 to 26:00',
  'sometimes',
])('11: "%s" is refused, never half read', (text) => {
  expect(() => readRanges(text)).toThrow(Refusal);
});
