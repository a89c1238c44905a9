import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  ASI_PRIORITIES,
  type AsiCount,
  alertFrom,
  asiAlerts,
  asiDue,
  asiTotals,
  unjudged,
} from '../../src/domain/asi.ts';
import { asiCountsIn } from '../../src/domain/asi-file.ts';

const count = (day: AsiCount['day'], number: number, priority: AsiCount['priority'] = 'routine'): AsiCount => ({
  day,
  serviceId: '7012345',
  priority,
  count: number,
});

const RULE = { asiAlertTimes: 1.5, asiAlertMore: 5 };

it.each([
  [4, 8, 'routine', false],
  [4, 9, 'routine', true],
  [0, 4, 'routine', false],
  [0, 5, 'urgent', true],
  [40, 60, 'routine', false],
  [40, 61, 'urgent', true],
  [2, 2, '2ww', false],
  [2, 3, '2ww', true],
] as const)('26: a count far above its baseline stands out: %i then %i %s', (before, after, priority, stands) => {
  const alerts = asiAlerts([count('baseline', before, priority), count('+1', after, priority)], RULE, []);
  expect(alerts.length).toBe(stands ? 1 : 0);
});

it('26: a count is judged by its own service and priority alone, and never where there is no baseline', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.constantFrom(...ASI_PRIORITIES), (before, after, priority) => {
      const other: AsiCount = { day: 'baseline', serviceId: '7099999', priority, count: 0 };
      expect(asiAlerts([other, count('+3', after, priority)], RULE, [])).toEqual([]);
      expect(unjudged([other, count('+3', after, priority)])).toBe(1);
      // No rise, no alert, whatever the size.
      const less = [count('baseline', before, priority), count('+7', Math.min(before, after), priority)];
      expect(asiAlerts(less, RULE, [])).toEqual([]);
    }),
  );
});

it('26: counts are due on days one, three and seven, those that were missed too', () => {
  const goLive = Temporal.PlainDate.from('2026-12-08');
  const due = (day: string, counts: readonly AsiCount[] = []) => asiDue(goLive, Temporal.PlainDate.from(day), counts);
  expect(due('2026-12-08')).toEqual(['baseline']);
  expect(due('2026-12-09')).toEqual(['+1']);
  expect(due('2026-12-12', [count('+1', 3)])).toEqual(['+3']);
  expect(due('2026-12-15')).toEqual(['+1', '+3', '+7']);
});

it('26: the chart is by priority and day: of all services together, else their sum; a day that nobody counted is not zero', () => {
  const all = { ...count('+1', 9, 'urgent'), serviceId: 'all' };
  const totals = asiTotals([
    count('+1', 3),
    { ...count('+1', 4), serviceId: '7012346' },
    count('+1', 2, 'urgent'),
    all,
  ]);
  expect(totals.filter(({ total }) => total !== null)).toEqual([
    { priority: 'routine', day: '+1', total: 7 },
    { priority: 'urgent', day: '+1', total: 9 },
  ]);
});

it('26: the rule is the migration’s own, and an alert that was settled stands out again only when the count rises', () => {
  const counts = [count('baseline', 4), count('+1', 12)];
  expect(asiAlerts(counts, { asiAlertTimes: 3, asiAlertMore: 5 }, [])).toEqual([]);
  expect(asiAlerts(counts, { asiAlertTimes: 1.5, asiAlertMore: 9 }, [])).toEqual([]);
  expect(asiAlerts(counts, RULE, [count('+1', 12)])).toEqual([]);
  expect(asiAlerts(counts, RULE, [count('+3', 12)])).toHaveLength(1);
  expect(asiAlerts(counts, RULE, [count('+1', 11)])).toHaveLength(1);
});

it('28: totals by service and priority are read; a patient column, another column and a bad line refuse the file whole', () => {
  expect(asiCountsIn('Service ID,Priority,Count\n7012345,Routine,4\n"7012345","2ww","0"\n', '+1')).toEqual([
    count('+1', 4),
    count('+1', 0, '2ww'),
  ]);
  const wrong = (text: string) => {
    try {
      return String(asiCountsIn(text, '+1').length);
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(wrong('SERVICE_ID,NHS_NUMBER,COUNT\n7012345,9434765919,1')).toContain('patient column');
  expect(wrong('SERVICE_ID,NHS_NUMBER,COUNT\n7012345,9434765919,1')).not.toContain('9434765919');
  expect(wrong('SERVICE_ID,PRIORITY,COUNT,UBRN\n')).toContain('patient column');
  expect(wrong('SERVICE_ID,PRIORITY,COUNT,CLINIC\n')).toContain('The first line');
  expect(wrong('SERVICE_ID,PRIORITY,COUNT\n7012345,routine,four')).toContain('Line 2');
  expect(wrong('SERVICE_ID,PRIORITY,COUNT\n9434765919,routine,1')).toContain('patient data');
  expect(wrong('SERVICE_ID,PRIORITY,COUNT\n9434765919,routine,1')).not.toContain('9434765919');
  expect(wrong('SERVICE_ID,PRIORITY,COUNT\n7012345,routine,1\n7012345,Routine,2')).toContain('Lines 2 and 3');
  expect(wrong('SERVICE_ID,PRIORITY,COUNT\n')).toContain('no total');
});

it('26: the count from which an alert stands out is the one that the rule calls first', () => {
  fc.assert(
    fc.property(
      fc.nat(400),
      fc.constantFrom(...ASI_PRIORITIES),
      fc.integer({ min: 10, max: 50 }),
      (before, priority, times) => {
        const rule = { asiAlertTimes: times / 10, asiAlertMore: 5 };
        const stands = (after: number) =>
          asiAlerts([count('baseline', before, priority), count('+1', after, priority)], rule, []).length > 0;
        const from = alertFrom(priority, before, rule);
        expect(stands(from)).toBe(true);
        expect(stands(from - 1)).toBe(false);
      },
    ),
  );
});
