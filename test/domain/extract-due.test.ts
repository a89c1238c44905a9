import { expect, it } from 'vitest';
import { extractDue } from '../../src/domain/extract-due.ts';

const day = Temporal.PlainDate.from;

it.each([
  ['in the month of the run there is none yet', '2026-12-31', '2026-11-30', null, null],
  ['once the month is over it is to be imported', '2027-01-01', '2026-11-30', null, 'import'],
  ['without any extract too', '2027-01-01', null, null, 'import'],
  ['one of the run’s month is to be compared', '2027-01-04', '2026-12-31', null, 'compare'],
  ['one of the day of the run is to be compared', '2026-12-09', '2026-12-08', null, 'compare'],
  ['one of the day before shows nothing', '2027-01-04', '2026-12-07', null, 'import'],
  ['what was compared is done', '2027-01-04', '2026-12-31', '2026-12-31', null],
  ['a later extract asks for nothing more', '2027-02-04', '2027-01-31', '2026-12-31', null],
  [
    'a comparison with an extract of before a second run is not enough',
    '2027-01-04',
    '2026-12-31',
    '2026-11-30',
    'compare',
  ],
])('26: %s', (_name, today, newest, compared, due) => {
  expect(extractDue({ goLive: day('2026-12-08'), today: day(today), newest, compared })).toBe(due);
});

it('26: after a run in the last month of the year the next year’s first day is the first', () => {
  const known = { goLive: day('2026-12-31'), newest: '2026-11-30', compared: null };
  expect(extractDue({ ...known, today: day('2026-12-31') })).toBeNull();
  expect(extractDue({ ...known, today: day('2027-01-01') })).toBe('import');
});
