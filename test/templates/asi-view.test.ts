import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ASI_DAYS, ASI_PRIORITIES, type AsiDay, type AsiPriority, alertFrom } from '../../src/domain/asi.ts';
import { type AsiToDraw, asiChart } from '../../templates/pages/asi-view.ts';

type Totals = Partial<Record<AsiPriority, Partial<Record<AsiDay, number>>>>;

function fromOf(priority: AsiPriority, totals: Totals): number | null {
  const before = totals[priority]?.baseline;
  return before === undefined ? null : alertFrom(priority, before, { asiAlertTimes: 1.5, asiAlertMore: 5 });
}

function drawn(totals: Totals): AsiToDraw {
  return {
    alertFrom: {
      routine: fromOf('routine', totals),
      urgent: fromOf('urgent', totals),
      '2ww': fromOf('2ww', totals),
    },
    totals: ASI_PRIORITIES.flatMap((priority) =>
      ASI_DAYS.map((day) => ({ priority, words: priority, day, total: totals[priority]?.[day] ?? null })),
    ),
  };
}

it('26: the chart has a panel for each counted priority, with the baseline and the count from which an alert stands out', () => {
  const chart = asiChart(drawn({ routine: { baseline: 12, '+1': 38, '+3': 0 }, '2ww': { baseline: 0, '+1': 0 } }));
  expect(chart?.panels.map(({ words }) => words)).toEqual(['routine', '2ww']);
  const [routine, cancer] = chart?.panels ?? [];
  expect(routine).toMatchObject({ baseline: { total: 12 }, alert: { from: 19 } });
  expect(routine?.bars.map(({ label, above }) => [label, above])).toEqual([
    ['12', false],
    ['38', true],
    ['0', false],
    ['–', false],
  ]);
  expect(cancer).toMatchObject({ alert: { from: 1 } });
  expect(routine?.said).toBe(
    'routine: Before 12; Day +1 38, above the alert line; Day +3 0; Day +7 not counted. An alert from 19.',
  );
  expect(chart?.rows).toEqual([
    ['routine', '12', '19', '✖ 38', '0', 'not counted'],
    ['2ww', '0', '1', '0', 'not counted', 'not counted'],
  ]);
});

it('26: nothing counted is no chart; without a baseline there is no line', () => {
  expect(asiChart(drawn({}))).toBeNull();
  const [only] = asiChart(drawn({ urgent: { '+1': 4 } }))?.panels ?? [];
  expect(only).toMatchObject({ baseline: null, alert: null });
  expect(asiChart(drawn({ urgent: { '+1': 4 } }))?.rows).toEqual([
    ['urgent', 'not counted', 'no baseline', '4', 'not counted', 'not counted'],
  ]);
});

it('26: whatever is counted, bars and lines stay inside the picture and higher counts are taller', () => {
  const days = fc.record({ baseline: fc.nat(9_999), '+1': fc.nat(9_999), '+3': fc.nat(9_999) });
  fc.assert(
    fc.property(days, (routine) => {
      const chart = asiChart(drawn({ routine }));
      const [panel] = chart?.panels ?? [];
      if (!chart || !panel) throw new Error('It was counted.');
      for (const bar of panel.bars) {
        expect(bar.y).toBeGreaterThanOrEqual(0);
        expect(bar.y + bar.height).toBeLessThanOrEqual(chart.height);
        expect(bar.x + bar.width).toBeLessThanOrEqual(chart.width);
      }
      for (const line of [panel.baseline, panel.alert]) expect(line?.y).toBeGreaterThanOrEqual(0);
      const [before, first] = panel.bars;
      if (routine['+1'] > routine.baseline) expect(first?.height).toBeGreaterThanOrEqual(before?.height ?? 0);
      expect(panel.bars[1]?.above).toBe(
        (first?.y ?? 0) <= (panel.alert?.y ?? 0) && routine['+1'] >= (panel.alert?.from ?? 0),
      );
    }),
  );
});
