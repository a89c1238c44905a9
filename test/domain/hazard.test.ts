import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HAZARDS } from '../../src/domain/hazard.ts';
import { hazardLog, whyUnsigned } from '../../src/domain/hazard-log.ts';
import { LIKELIHOODS, riskOf, SEVERITIES } from '../../src/domain/hazard-risk.ts';

const ROOT = join(import.meta.dirname, '../..');

it('27: every control of a starter hazard names a rule and a test that exists', () => {
  const rules = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');
  for (const { key, controls } of HAZARDS) {
    expect(controls.length, key).toBeGreaterThan(0);
    for (const { rule, test } of controls) {
      expect(rules, `${key}: rule ${rule}`).toContain(`### ${rule}. `);
      const file = join(ROOT, test.file);
      expect(existsSync(file), `${key}: ${test.file}`).toBe(true);
      expect(readFileSync(file, 'utf8'), `${key}: ${test.file}`).toContain(test.name);
    }
  }
});

it('27: a risk grows with likelihood and severity, and a control never makes it worse', () => {
  for (const likelihood of LIKELIHOODS) {
    const row = SEVERITIES.map((severity) => riskOf({ likelihood, severity }));
    expect(row).toEqual(row.toSorted((a, b) => a - b));
  }
  for (const severity of SEVERITIES) {
    const column = LIKELIHOODS.map((likelihood) => riskOf({ likelihood, severity }));
    expect(column).toEqual(column.toSorted((a, b) => a - b));
  }
  for (const { key, initial, residual } of HAZARDS) expect(riskOf(residual), key).toBeLessThanOrEqual(riskOf(initial));
});

it('27: a change of the log ends its sign-off, and a risk of 4 is signed by nobody', () => {
  const at = '2026-12-01T19:00:00Z';
  const first = hazardLog([], [], []);
  const signed = { by: 'The officer', at, hash: first.hash, note: null };
  expect(hazardLog([], [], [signed]).signOffs[0]?.current).toBe(true);
  const residual = { likelihood: 'high', severity: 'major' } as const;
  const note = { key: 'wrong-asid', initial: null, residual, owner: null, note: 'seen', by: 'The lead', at };
  const after = hazardLog([], [note], [signed]);
  expect(after.signOffs[0]?.current).toBe(false);
  expect(whyUnsigned(first)).toBeNull();
  expect(whyUnsigned(after)).toContain('wrong-asid 4 (high × major)');
});
