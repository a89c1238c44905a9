import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readIcs } from '../../src/calendars/ics.ts';
import { Refusal } from '../../src/kernel/errors.ts';

const ASKED = {
  zone: 'Europe/London',
  from: Temporal.Instant.from('2026-01-01T00:00:00Z'),
  to: Temporal.Instant.from('2028-01-01T00:00:00Z'),
};

function calendar(...events: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...events, 'END:VCALENDAR'].join('\r\n');
}

function event(...lines: readonly string[]): string {
  return ['BEGIN:VEVENT', 'UID:one@example', ...lines, 'END:VEVENT'].join('\r\n');
}

function read(text: string): string[] {
  return readIcs(text, ASKED).map(({ from, to }) => `${from} ${to}`);
}

function faultOf(text: string): string {
  try {
    readIcs(text, ASKED);
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('It was not refused.');
}

it('11: an outage in UTC, with a zone known by name, and without a zone', () => {
  const [utc, named, floating] = [
    event('SUMMARY:Maintenance', 'DTSTART:20260708T210000Z', 'DTEND:20260708T230000Z'),
    event('DTSTART;TZID=Europe/London:20260708T210000', 'DTEND;TZID=Europe/London:20260708T230000'),
    event('DTSTART:20260708T210000', 'DURATION:PT2H'),
  ];
  expect(readIcs(calendar(utc ?? ''), ASKED)).toEqual([
    { from: '2026-07-08T21:00:00Z', to: '2026-07-08T23:00:00Z', title: 'Maintenance' },
  ]);
  expect(read(calendar(named ?? ''))).toEqual(['2026-07-08T20:00:00Z 2026-07-08T22:00:00Z']);
  expect(read(calendar(floating ?? ''))).toEqual(['2026-07-08T20:00:00Z 2026-07-08T22:00:00Z']);
});

it('11: a zone that the file defines itself, and Outlook’s name for the United Kingdom with and without a definition', () => {
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Our zone',
    'BEGIN:STANDARD',
    'DTSTART:19701025T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0000',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:19700329T010000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'TZOFFSETFROM:+0000',
    'TZOFFSETTO:+0100',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ].join('\r\n');
  const weekly = (tzid: string) =>
    event(
      `DTSTART;TZID="${tzid}":20261021T200000`,
      `DTEND;TZID="${tzid}":20261021T220000`,
      'RRULE:FREQ=WEEKLY;COUNT=2',
    );
  const expected = ['2026-10-21T19:00:00Z 2026-10-21T21:00:00Z', '2026-10-28T20:00:00Z 2026-10-28T22:00:00Z'];
  expect(read(calendar(zone, weekly('Our zone')))).toEqual(expected);
  expect(read(calendar(zone.replace('Our zone', 'GMT Standard Time'), weekly('GMT Standard Time')))).toEqual(expected);
  expect(read(calendar(weekly('GMT Standard Time')))).toEqual(expected);
  expect(faultOf(calendar(weekly('Our zone')))).toMatch(/"Our zone" is not known.*line 4.*Nothing was changed/);
});

it('11: all-day events last whole days of the wall, the days of the clock changes included', () => {
  expect(read(calendar(event('DTSTART;VALUE=DATE:20261025', 'DTEND;VALUE=DATE:20261026')))).toEqual([
    '2026-10-24T23:00:00Z 2026-10-26T00:00:00Z',
  ]);
  expect(read(calendar(event('DTSTART;VALUE=DATE:20260329')))).toEqual(['2026-03-29T00:00:00Z 2026-03-29T23:00:00Z']);
  expect(read(calendar(event('DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261228')))).toEqual([
    '2026-12-25T00:00:00Z 2026-12-28T00:00:00Z',
  ]);
});

it('11: what repeats keeps its hour on the wall over a clock change, and ends with its count or its day', () => {
  const nights = (...more: string[]) =>
    read(
      calendar(
        event('DTSTART;TZID=Europe/London:20260327T220000', 'DTEND;TZID=Europe/London:20260328T060000', ...more),
      ),
    );
  expect(nights('RRULE:FREQ=DAILY;COUNT=3')).toEqual([
    '2026-03-27T22:00:00Z 2026-03-28T06:00:00Z',
    '2026-03-28T22:00:00Z 2026-03-29T05:00:00Z',
    '2026-03-29T21:00:00Z 2026-03-30T05:00:00Z',
  ]);
  // Until is said in UTC: 9pm UTC is 10pm on the wall by then.
  expect(nights('RRULE:FREQ=DAILY;UNTIL=20260330T210000Z')).toHaveLength(4);
  expect(nights('RRULE:FREQ=DAILY;UNTIL=20260330T205959Z')).toHaveLength(3);
  expect(nights('RRULE:FREQ=DAILY;UNTIL=20260330')).toHaveLength(4);
});

it('11: exceptions, extra dates, a moved one and a cancelled one', () => {
  const series = event(
    'SUMMARY:Weekly',
    'DTSTART;TZID=Europe/London:20261103T210000',
    'DTEND;TZID=Europe/London:20261103T220000',
    'RRULE:FREQ=WEEKLY;COUNT=5',
    'EXDATE;TZID=Europe/London:20261110T210000',
    'RDATE;VALUE=PERIOD:20261120T210000Z/PT30M',
  );
  const moved = event(
    'SUMMARY:Moved',
    'RECURRENCE-ID:20261117T210000Z',
    'DTSTART:20261118T220000Z',
    'DTEND:20261118T233000Z',
  );
  const cancelled = event(
    'RECURRENCE-ID;TZID=Europe/London:20261124T210000',
    'STATUS:CANCELLED',
    'DTSTART:20261124T210000Z',
    'DURATION:PT1H',
  );
  expect(read(calendar(series, moved, cancelled))).toEqual([
    '2026-11-03T21:00:00Z 2026-11-03T22:00:00Z',
    '2026-11-18T22:00:00Z 2026-11-18T23:30:00Z',
    '2026-11-20T21:00:00Z 2026-11-20T21:30:00Z',
    '2026-12-01T21:00:00Z 2026-12-01T22:00:00Z',
  ]);
});

it('11: a change of this and all later ones shifts them all', () => {
  const series = event('DTSTART:20261103T210000Z', 'DTEND:20261103T220000Z', 'RRULE:FREQ=WEEKLY;COUNT=4');
  const later = event(
    'RECURRENCE-ID;RANGE=THISANDFUTURE:20261117T210000Z',
    'DTSTART:20261117T220000Z',
    'DTEND:20261117T235900Z',
  );
  expect(read(calendar(series, later))).toEqual([
    '2026-11-03T21:00:00Z 2026-11-03T22:00:00Z',
    '2026-11-10T21:00:00Z 2026-11-10T22:00:00Z',
    '2026-11-17T22:00:00Z 2026-11-17T23:59:00Z',
    '2026-11-24T22:00:00Z 2026-11-24T23:59:00Z',
  ]);
});

it('11: a cancelled event, a cancelled series, and a whole calendar that cancels, close nothing; the newest version wins', () => {
  const once = ['DTSTART:20261103T210000Z', 'DTEND:20261103T220000Z'];
  expect(read(calendar(event('STATUS:CANCELLED', ...once)))).toEqual([]);
  expect(read(calendar('METHOD:CANCEL', event(...once)))).toEqual([]);
  expect(read(calendar(event('SEQUENCE:1', 'STATUS:CANCELLED', ...once), event('SEQUENCE:0', ...once)))).toEqual([]);
  expect(read(calendar())).toEqual([]);
});

it('11: in the repeated hour the first pass begins it and the second ends it; in the missing hour the first instant after', () => {
  const autumn = event('DTSTART;TZID=Europe/London:20261025T013000', 'DTEND;TZID=Europe/London:20261025T014500');
  expect(read(calendar(autumn))).toEqual(['2026-10-25T00:30:00Z 2026-10-25T01:45:00Z']);
  const spring = event('DTSTART;TZID=Europe/London:20260329T013000', 'DTEND;TZID=Europe/London:20260329T030000');
  expect(read(calendar(spring))).toEqual(['2026-03-29T01:00:00Z 2026-03-29T02:00:00Z']);
});

it('11: two calendars in one file, a byte-order mark, folded lines, events that are over', () => {
  const two = `\uFEFF${calendar(event('SUMMARY:A long', '  title', 'DTSTART:20261103T210000Z', 'DURATION:PT1H'))}\r\n${calendar(
    event('DTSTART:20261104T210000Z', 'DURATION:P1DT1H'),
    event('DTSTART:20201104T210000Z', 'DURATION:PT1H').replace('one@', 'two@'),
  )}`;
  expect(readIcs(two, ASKED)).toEqual([
    { from: '2026-11-03T21:00:00Z', to: '2026-11-03T22:00:00Z', title: 'A long title' },
    { from: '2026-11-04T21:00:00Z', to: '2026-11-05T22:00:00Z', title: '' },
  ]);
});

it('11: a bad file is refused whole, with what is wrong, where, and what to do', () => {
  const good = ['DTSTART:20261103T210000Z', 'DTEND:20261103T220000Z'];
  expect(faultOf('<!doctype html><title>Log in</title>')).toMatch(/^bad-calendar: .*BEGIN:VCALENDAR.*Export it again/);
  expect(faultOf(calendar(event(...good)).slice(0, -30))).toContain('cut off');
  expect(faultOf(calendar(event('SUMMARY:Night', 'DTEND:20261103T220000Z')))).toMatch(/no start.*line 4, "Night"/);
  expect(faultOf(calendar(event('DTSTART:20261103T210000Z')))).toContain('no end');
  expect(faultOf(calendar(event('DTSTART:20261103T210000Z', 'DTEND:20261103T200000Z')))).toContain('ends before');
  expect(faultOf(calendar(event('DTSTART:20261399T210000Z', 'DURATION:PT1H')))).toContain('not a time');
  expect(faultOf(calendar(event(...good, 'RRULE:FREQ=DAILY;BYHOUR=8')))).toContain('BYHOUR');
  expect(faultOf(calendar(event(...good, 'RRULE:FREQ=MINUTELY')))).toContain('FREQ=MINUTELY');
  expect(faultOf(calendar(event(...good, 'RRULE:FREQ=SOMETIMES')))).toContain('bad-calendar');
  expect(faultOf(calendar(event('SUMMARY:NHS number 999 123 4567', ...good)))).toContain('patient data');
  expect(faultOf(calendar(event(...good), 'BEGIN:VEVENT'))).toContain('bad-calendar');
});

it('11: any rule that is followed ends by itself and agrees with walking through the days one by one', () => {
  const rules = fc.record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.integer({ min: 1, max: 5 }),
    until: fc.constantFrom(null, '2027-03-01'),
    days: fc.constantFrom([], ['MO', 'TH'], ['SU']),
    months: fc.constantFrom([], [3, 11], [12]),
  });
  fc.assert(
    fc.property(rules, (rule) => {
      const { freq, interval, until, days, months } = rule;
      const parts = [
        `RRULE:FREQ=${freq};INTERVAL=${interval}`,
        ...(until ? [`UNTIL=${until.replaceAll('-', '')}T000000Z`] : []),
        ...(days.length > 0 ? [`BYDAY=${days}`] : []),
        ...(months.length > 0 ? [`BYMONTH=${months}`] : []),
      ].join(';');
      const text = calendar(event('DTSTART:20261103T210000Z', 'DTEND:20261103T220000Z', parts));
      expect(readIcs(text, ASKED).map(({ from }) => from.slice(0, 10))).toEqual(walk(rule));
    }),
    { numRuns: 100 },
  );
});

interface Rule {
  readonly freq: string;
  readonly interval: number;
  readonly until: string | null;
  readonly days: readonly string[];
  readonly months: readonly number[];
}

/** Tuesday 3 November 2026 first, then each day that the rule's parts all allow. */
function walk({ freq, interval, until, days, months }: Rule): string[] {
  const start = Temporal.PlainDate.from('2026-11-03');
  const monday = start.subtract({ days: start.dayOfWeek - 1 });
  const found = [start.toString()];
  for (let day = start.add({ days: 1 }); day.toString() < (until ?? '2028-01-01'); day = day.add({ days: 1 })) {
    const passed = {
      DAILY: start.until(day).days,
      WEEKLY: Math.floor(monday.until(day).days / 7),
      MONTHLY: (day.year - start.year) * 12 + day.month - start.month,
      YEARLY: day.year - start.year,
    }[freq];
    const named = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][day.dayOfWeek - 1] ?? '';
    const ownDay = { DAILY: true, WEEKLY: named === 'TU', MONTHLY: day.day === 3, YEARLY: day.day === 3 }[freq];
    const dayFits = days.length > 0 ? days.includes(named) : ownDay;
    const monthFits =
      months.length > 0 ? months.includes(day.month) : freq !== 'YEARLY' || days.length > 0 || day.month === 11;
    if (passed !== undefined && passed % interval === 0 && dayFits && monthFits) found.push(day.toString());
  }
  return found;
}

it('11: the second Tuesday, the last Sunday, the last working day, and a day that never comes', () => {
  const days = (rule: string) =>
    read(calendar(event('DTSTART:20261103T210000Z', 'DURATION:PT1H', `RRULE:${rule}`)))
      .map((line) => line.slice(0, 10))
      .slice(1, 4);
  expect(days('FREQ=MONTHLY;BYDAY=2TU')).toEqual(['2026-11-10', '2026-12-08', '2027-01-12']);
  expect(days('FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU')).toEqual(['2027-03-28']);
  expect(days('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1')).toEqual(['2026-11-30', '2026-12-31', '2027-01-29']);
  expect(days('FREQ=MONTHLY;BYMONTHDAY=-1')).toEqual(['2026-11-30', '2026-12-31', '2027-01-31']);
  expect(days('FREQ=YEARLY;BYDAY=1MO')).toEqual(['2027-01-04']);
  expect(days('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30')).toEqual([]);
  expect(days('FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU')).toEqual(['2026-11-15', '2026-11-17', '2026-11-29']);
  expect(days('FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=SU,TU')).toEqual(['2026-11-08', '2026-11-17', '2026-11-22']);
});

it('11: no file, however broken, gets anything but a list or a refusal', () => {
  const good = calendar(
    event(
      'SUMMARY:x',
      'DTSTART;TZID=Europe/London:20261103T210000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'EXDATE:20261110T210000Z',
    ),
  );
  fc.assert(
    fc.property(fc.nat({ max: good.length }), fc.nat({ max: 12 }), fc.string({ maxLength: 6 }), (at, cut, put) => {
      try {
        readIcs(good.slice(0, at) + put + good.slice(at + cut), ASKED);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
    { numRuns: 400 },
  );
});
