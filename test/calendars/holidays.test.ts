import { expect, it } from 'vitest';
import { loadBankHolidays, readBankHolidays } from '../../src/calendars/holidays.ts';

const list = (events: unknown) => JSON.stringify({ 'england-and-wales': { division: 'england-and-wales', events } });

it('11: our table covers England and Wales for 2026 and 2027, substitutes included', () => {
  const holidays = loadBankHolidays();
  expect([holidays.coveredFrom, holidays.coveredTo]).toEqual(['2026-01-01', '2027-12-31']);
  expect([...holidays.days.keys()]).toEqual([
    ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
    ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ]);
});

it.each([
  ['not JSON', 'hello'],
  ['another division only', JSON.stringify({ scotland: { events: [] } })],
  ['no events', list([])],
  ['an event without a date', list([{ title: 'Christmas Day' }])],
  ['a date that does not exist', list([{ title: 'x', date: '2026-02-30' }])],
  [
    'a year left out',
    list([
      { title: 'x', date: '2026-01-01' },
      { title: 'x', date: '2028-01-01' },
    ]),
  ],
])('11: a file with %s is refused whole', (_what, text) => {
  expect(() => readBankHolidays(text, 'a file')).toThrow('cannot be used');
});
