import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadBankHolidays } from '../../src/calendars/holidays.ts';
import { DEFAULT_HOURS, type HoursPolicy } from '../../src/domain/hours-policy.ts';
import type { Stop } from '../../src/domain/verdict.ts';
import { hours, verdict } from '../../src/domain/working-hours.ts';

const bankHolidays = loadBankHolidays();
const at = (text: string) => Temporal.Instant.from(text);
const judge = (policy: HoursPolicy = DEFAULT_HOURS, stops: readonly Stop[] = []) =>
  hours(policy, { bankHolidays, stops });

describe('11: the default hours', () => {
  it.each([
    ['2026-12-08T07:59:59Z', 'open', 'a Tuesday, a second before 8am'],
    ['2026-12-08T08:00:00Z', 'closed', 'a Tuesday, 8am'],
    ['2026-12-08T10:00:00Z', 'closed', 'a Tuesday, 10am'],
    ['2026-12-08T18:29:59Z', 'closed', 'a Tuesday, a second before 6:30pm'],
    ['2026-12-08T18:30:00Z', 'amber', 'a Tuesday, 6:30pm'],
    ['2026-12-08T19:59:59Z', 'amber', 'a Tuesday, a second before 8pm'],
    ['2026-12-08T20:00:00Z', 'open', 'a Tuesday, 8pm'],
    ['2026-07-07T07:00:00Z', 'closed', 'a summer Tuesday, 8am on the wall'],
    ['2026-12-12T07:59:00Z', 'open', 'a Saturday before 8am'],
    ['2026-12-12T10:00:00Z', 'amber', 'a Saturday, 10am'],
    ['2026-12-12T16:00:00Z', 'open', 'a Saturday, 4pm'],
    ['2026-04-03T09:00:00Z', 'amber', 'Good Friday, 10am on the wall'],
    ['2026-12-28T10:00:00Z', 'amber', 'the substitute for Boxing Day, a Monday'],
    ['2027-12-31T10:00:00Z', 'closed', 'the last day of the table, a Friday'],
    ['2028-01-01T22:00:00Z', 'closed', 'a Saturday night that no table covers'],
    ['2025-12-31T22:00:00Z', 'closed', 'the night before the table begins'],
  ])('%s is %s: %s', (instant, expected) => {
    expect(judge().verdict(at(instant)).verdict).toBe(expected);
  });

  it('says why and until when', () => {
    expect(judge().verdict(at('2026-12-08T10:00:00Z'))).toEqual({
      verdict: 'closed',
      until: '2026-12-08T18:30:00Z',
      reasons: [
        {
          rule: 'working-hours',
          source: 'the default working hours',
          text: 'Bulk updates are blocked in working hours (Monday to Friday 8am to 6:30pm).',
        },
      ],
    });
  });

  it('names the bank holiday', () => {
    expect(judge().verdict(at('2026-04-03T10:00:00Z')).reasons[0]?.text).toContain('Good Friday');
  });

  it('a year without bank holidays is closed with that reason, and nothing known ends it', () => {
    const { reasons, until } = judge().verdict(at('2028-03-04T22:00:00Z'));
    expect(reasons.map((reason) => reason.rule)).toEqual(['bank-holidays']);
    expect(until).toBeNull();
  });
});

describe('11: zones', () => {
  it.each(['Europe/Lundon', '', 'BST', '+01:00', 'Z', '2026-01-01T00:00Z', 'Etc/Unknown'])(
    'the unknown zone "%s" is closed for the whole span, never UTC',
    (zone) => {
      const judged = judge({ ...DEFAULT_HOURS, zone });
      const intervals = judged.intervals(at('2026-12-08T00:00:00Z'), at('2026-12-15T00:00:00Z'));
      expect(intervals).toHaveLength(1);
      expect(intervals[0]?.verdict).toBe('closed');
      expect(intervals[0]?.reasons[0]?.rule).toBe('zone');
      expect(judged.openings(at('2026-12-08T00:00:00Z'), 60, 3)).toEqual([]);
      expect(judged.verdict(at('2026-12-08T22:00:00Z')).until).toBeNull();
    },
  );
});

describe('11: clock changes', () => {
  const night = (from: string, to: string): HoursPolicy => ({
    source: 'a night policy',
    zone: 'Europe/London',
    closed: [{ days: ['sunday'], from, to }],
    amber: [],
  });

  it.each([
    ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z'],
  ])('both passes of the repeated hour are judged alike (%s and %s are both 1:30am)', (first, second) => {
    const judged = judge(night('01:15', '01:45'));
    expect(judged.verdict(at(first)).verdict).toBe('closed');
    expect(judged.verdict(at(second)).verdict).toBe('closed');
    expect(judged.verdict(at(first).add({ minutes: 15 })).verdict).toBe('open');
    expect(judged.verdict(at(second).subtract({ minutes: 16 })).verdict).toBe('open');
  });

  it('a range inside the repeated hour is two intervals with an open half hour between them', () => {
    const day = judge(night('01:15', '01:45')).intervals(at('2026-10-25T00:00:00Z'), at('2026-10-25T02:00:00Z'));
    expect(day.map(({ from, to, verdict }) => [from.slice(11, 16), to.slice(11, 16), verdict])).toEqual([
      ['00:00', '00:15', 'open'],
      ['00:15', '00:45', 'closed'],
      ['00:45', '01:15', 'open'],
      ['01:15', '01:45', 'closed'],
      ['01:45', '02:00', 'open'],
    ]);
  });

  it.each(['2026-03-29T01:00:00Z', '2027-03-28T01:00:00Z'])(
    'a beginning in the missing hour takes effect at the first instant after it (%s)',
    (seam) => {
      const judged = judge(night('01:30', '03:00'));
      expect(judged.verdict(at(seam).subtract({ milliseconds: 1 })).verdict).toBe('open');
      expect(judged.verdict(at(seam)).verdict).toBe('closed');
      expect(judged.verdict(at(seam).add({ hours: 1 })).verdict).toBe('open');
    },
  );

  it('an end in the missing hour takes effect at the first instant after it', () => {
    const judged = judge(night('00:00', '01:30'));
    expect(judged.verdict(at('2026-03-29T00:59:00Z')).verdict).toBe('closed');
    expect(judged.verdict(at('2026-03-29T01:00:00Z')).verdict).toBe('open');
  });

  it('working hours end an hour earlier in UTC on the Monday after the clocks went forward', () => {
    expect(judge().verdict(at('2026-03-27T18:00:00Z')).verdict).toBe('closed');
    expect(judge().verdict(at('2026-03-30T18:00:00Z')).verdict).toBe('amber');
  });
});

describe('11: ranges over midnight', () => {
  const overnight: HoursPolicy = {
    source: 'a night shift',
    zone: 'Europe/London',
    closed: [{ days: ['friday', 'bank-holiday'], from: '22:00', to: '06:00' }],
    amber: [],
  };

  it('belong to the day on which they start', () => {
    const verdictAt = (text: string) => judge(overnight).verdict(at(text)).verdict;
    expect(verdictAt('2026-12-11T23:00:00Z')).toBe('closed');
    expect(verdictAt('2026-12-12T05:59:00Z')).toBe('closed');
    expect(verdictAt('2026-12-12T06:00:00Z')).toBe('open');
    expect(verdictAt('2026-12-12T23:00:00Z')).toBe('open');
    expect(verdictAt('2026-12-11T05:00:00Z')).toBe('open');
  });

  it('are one interval, not two', () => {
    const closed = judge(overnight)
      .intervals(at('2026-12-11T12:00:00Z'), at('2026-12-12T12:00:00Z'))
      .filter((interval) => interval.verdict === 'closed');
    expect(closed.map(({ from, to }) => [from, to])).toEqual([['2026-12-11T22:00:00Z', '2026-12-12T06:00:00Z']]);
  });

  it('a bank holiday’s night reaches into the working day after it', () => {
    expect(judge(overnight).verdict(at('2026-04-07T04:00:00Z')).verdict).toBe('closed');
  });
});

describe('11: deny wins', () => {
  const freeze: Stop = {
    rule: 'freeze',
    from: '2026-12-08T21:00:00Z',
    to: '2026-12-08T22:00:00Z',
    source: 'set by a planner',
    text: 'Bulk updates are frozen.',
  };

  it('a freeze closes an open time, half-open at both ends', () => {
    const judged = judge(DEFAULT_HOURS, [freeze]);
    expect(judged.verdict(at('2026-12-08T20:59:59Z'))).toMatchObject({
      verdict: 'open',
      until: '2026-12-08T21:00:00Z',
    });
    expect(judged.verdict(at('2026-12-08T21:00:00Z'))).toMatchObject({
      verdict: 'closed',
      until: '2026-12-08T22:00:00Z',
    });
    expect(judged.verdict(at('2026-12-08T22:00:00Z')).verdict).toBe('open');
  });

  it('a freeze is judged at the instant in question, not now: a later one does not close today', () => {
    expect(judge(DEFAULT_HOURS, [freeze]).verdict(at('2026-12-07T21:30:00Z')).verdict).toBe('open');
  });

  it('a stop without an end closes everything after it, and no opening is promised', () => {
    const judged = judge(DEFAULT_HOURS, [{ ...freeze, rule: 'incident', to: null }]);
    expect(judged.verdict(at('2026-12-20T22:00:00Z'))).toMatchObject({ verdict: 'closed', until: null });
    expect(judged.openings(at('2026-12-08T20:00:00Z'), 1800, 3).map((opening) => opening.to)).toEqual([
      '2026-12-08T21:00:00Z',
    ]);
  });

  it('names every rule that spoke', () => {
    const { reasons } = judge(DEFAULT_HOURS, [{ ...freeze, from: '2026-12-08T09:00:00Z' }]).verdict(
      at('2026-12-08T10:00:00Z'),
    );
    expect(reasons.map((reason) => reason.rule)).toEqual(['freeze', 'working-hours']);
  });

  it('more stops never open anything', () => {
    fc.assert(
      fc.property(fc.array(anyStop(), { maxLength: 6 }), anyStop(), anyInstant(), (stops, one, instant) => {
        const rank = { open: 0, amber: 1, closed: 2 };
        const before = judge(DEFAULT_HOURS, stops).verdict(instant).verdict;
        const after = judge(DEFAULT_HOURS, [...stops, one]).verdict(instant).verdict;
        expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
      }),
    );
  });
});

describe('11: intervals and openings', () => {
  it('cover the span exactly, half-open, with equal neighbours merged', () => {
    fc.assert(
      fc.property(
        fc.array(anyStop(), { maxLength: 6 }),
        anyInstant(),
        fc.integer({ min: 1, max: 40 }),
        (stops, from, days) => {
          const to = from.add({ hours: days * 24 });
          const intervals = judge(DEFAULT_HOURS, stops).intervals(from, to);
          expect(intervals[0]?.from).toBe(from.toString());
          expect(intervals.at(-1)?.to).toBe(to.toString());
          intervals.slice(1).forEach((interval, index) => {
            const before = intervals[index];
            expect(interval.from).toBe(before?.to);
            expect([interval.verdict, interval.reasons]).not.toEqual([before?.verdict, before?.reasons]);
          });
        },
      ),
    );
  });

  it('an empty or backward span has no interval', () => {
    expect(judge().intervals(at('2026-12-08T10:00:00Z'), at('2026-12-08T10:00:00Z'))).toEqual([]);
    expect(judge().intervals(at('2026-12-08T10:00:00Z'), at('2026-12-07T10:00:00Z'))).toEqual([]);
  });

  it('openings are open for their whole length, long enough, in order, and begin as early as they can', () => {
    fc.assert(
      fc.property(
        fc.array(anyStop(), { maxLength: 6 }),
        anyInstant(),
        fc.integer({ min: 60, max: 14 * 3600 }),
        (stops, after, needed) => {
          const judged = judge(DEFAULT_HOURS, stops);
          for (const opening of judged.openings(after, needed, 5)) {
            expect(judged.intervals(at(opening.from), at(opening.to)).map((interval) => interval.verdict)).toEqual([
              'open',
            ]);
            expect(at(opening.to).since(opening.from).total('seconds')).toBeGreaterThanOrEqual(needed);
            expect(at(opening.to).since(opening.lastStart).total('seconds')).toBe(needed);
            expect(judged.verdict(at(opening.to)).verdict).not.toBe('open');
            if (opening.from !== after.toString()) {
              expect(judged.verdict(at(opening.from).subtract({ milliseconds: 1 })).verdict).not.toBe('open');
            }
          }
        },
      ),
    );
  });

  it('until is when the verdict changes, and not before', () => {
    fc.assert(
      fc.property(fc.array(anyStop(), { maxLength: 6 }), anyInstant(), (stops, instant) => {
        const judged = judge(DEFAULT_HOURS, stops);
        const { verdict: found, until } = judged.verdict(instant);
        if (until === null) return;
        expect(judged.verdict(at(until)).verdict).not.toBe(found);
        const between = judged.intervals(instant, at(until));
        expect(between.every((interval) => interval.verdict === found)).toBe(true);
      }),
    );
  });

  it('the next openings from a Tuesday morning are that night, Wednesday night and Thursday night', () => {
    const openings = judge().openings(at('2026-12-08T10:00:00Z'), 4200, 3);
    expect(openings.map((opening) => opening.from)).toEqual([
      '2026-12-08T20:00:00Z',
      '2026-12-09T20:00:00Z',
      '2026-12-10T20:00:00Z',
    ]);
  });

  it('a run longer than any night finds the weekend only where it is open for its whole length', () => {
    expect(judge().openings(at('2026-12-08T10:00:00Z'), 15 * 3600, 1)[0]?.from).toBe('2026-12-12T16:00:00Z');
  });

  it('one call judges one instant the same way', () => {
    const facts = { bankHolidays, stops: [] };
    expect(verdict(DEFAULT_HOURS, facts, at('2026-12-08T10:00:00Z'))).toEqual(
      judge().verdict(at('2026-12-08T10:00:00Z')),
    );
  });
});

function anyInstant(): fc.Arbitrary<Temporal.Instant> {
  return fc.integer({ min: 0, max: 23 * 30 * 1440 }).map((minutes) => at('2026-01-01T00:00:00Z').add({ minutes }));
}

function anyStop(): fc.Arbitrary<Stop> {
  return fc
    .record({
      rule: fc.constantFrom('freeze', 'incident', 'e-rs-outage'),
      start: anyInstant(),
      minutes: fc.option(fc.integer({ min: 1, max: 20_000 }), { freq: 6 }),
      text: fc.constantFrom('one', 'two'),
    })
    .map(({ rule, start, minutes, text }) => ({
      rule,
      from: start.toString(),
      to: minutes === null ? null : start.add({ minutes }).toString(),
      source: 'a test',
      text,
    }));
}
