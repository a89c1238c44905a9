import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommissionerLine, commissionerOn, mapCoverage } from '../../src/domain/commissioner-map.ts';

const line = (code: string, commissioner: string, from: string | null = null, to: string | null = null) =>
  ({ code, commissioner, from, to, source: 'a test' }) satisfies CommissionerLine;

describe('today’s commissioner of an older code', () => {
  const lines = [
    line('15E', 'QHL', null, '2026-03-31'),
    line('15E', 'QNEW', '2026-04-01'),
    line('15F', 'QHL'),
    line('QHL', 'QNEW', '2026-04-01'),
    line('A', 'B'),
    line('B', 'A'),
    line('SELF', 'SELF'),
  ];

  it('20: is the one of the day, followed through mergers in effect', () => {
    expect(commissionerOn('15E', '2026-03-31', lines)).toBe('QHL');
    expect(commissionerOn('15E', '2026-04-01', lines)).toBe('QNEW');
    expect(commissionerOn('15F', '2026-03-31', lines)).toBe('QHL');
    expect(commissionerOn('15F', '2026-12-01', lines)).toBe('QNEW');
    expect(commissionerOn('SELF', '2026-12-01', lines)).toBe('SELF');
  });

  it('20: a code without a line, and a circle, have none', () => {
    expect(commissionerOn('99X', '2026-12-01', lines)).toBeNull();
    expect(commissionerOn('A', '2026-12-01', lines)).toBeNull();
  });

  it('20: every code of the practice file is told, not told or unmapped, once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('15E', '15F', 'A', '99X', 'SELF', 'B'), { minLength: 1 }),
        fc.constantFrom('2026-03-31', '2026-04-01'),
        (codes, day) => {
          const counted = codes.map((code) => ({ code, practices: 1 }));
          const { listed, notListed, unmapped } = mapCoverage(counted, lines, new Set(['QNEW']), day);
          expect([...listed, ...notListed, ...unmapped].map((one) => one.code).sort()).toEqual(codes.toSorted());
          expect(listed.every((one) => one.commissioner === 'QNEW')).toBe(true);
        },
      ),
    );
  });
});
