import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { HAZARDS } from '../../src/domain/hazard.ts';
import type { Control } from '../../src/domain/hazard-controls.ts';
import { hazardLog, whyUnsigned } from '../../src/domain/hazard-log.ts';
import { LIKELIHOODS, riskOf, SEVERITIES } from '../../src/domain/hazard-risk.ts';

const ROOT = join(import.meta.dirname, '../..');
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');

/** The suite's own list: of each test its title, without what stands around it, by its file. Skipped ones are not in it. */
function listed(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'changeover-suite-'));
  const out = join(folder, 'tests.json');
  try {
    // The files come first: `--json` takes the word after it.
    const words = [VITEST, 'list', ...files, '--no-staticParse', `--json=${out}`];
    execFileSync(process.execPath, words, { cwd: ROOT, stdio: 'pipe', env: { ...process.env, VITEST: '' } });
    const tests = JSON.parse(readFileSync(out, 'utf8')) as { name: string; file: string }[];
    const titles = tests.map(({ name, file }) => [relative(ROOT, file), name.split(' > ').at(-1) ?? ''] as const);
    return new Map(
      [...Map.groupBy(titles, ([file]) => file)].map(([file, some]) => [file, some.map(([, title]) => title)]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Controls whose proof the suite does not have. */
function unproven(controls: readonly Control[], suite: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return controls
    .filter(({ test }) => suite.get(test.file)?.includes(test.name) !== true)
    .map(({ test }) => `${test.file}: ${test.name}`);
}

it('27: every control of a starter hazard names a rule, and a test that the suite has under exactly this name', () => {
  const rules = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');
  const controls = HAZARDS.flatMap((hazard) => hazard.controls);
  for (const hazard of HAZARDS) expect(hazard.controls.length, hazard.key).toBeGreaterThan(0);
  for (const { rule } of controls) expect(rules, `rule ${rule}`).toContain(`### ${rule}. `);
  const suite = listed([...new Set(controls.map(({ test }) => test.file))]);
  expect(unproven(controls, suite)).toEqual([]);
  // A test that is renamed, or moves to another file, proves nothing any more.
  const [first] = controls;
  if (!first) throw new Error('There is a control.');
  const { file, name } = first.test;
  const without = new Map([...suite, [file, (suite.get(file) ?? []).filter((title) => title !== name)] as const]);
  expect(unproven([first], without)).toEqual([`${file}: ${name}`]);
  expect(unproven([{ ...first, test: { file, name: name.slice(0, -1) } }], suite)).toHaveLength(1);
  expect(unproven([{ ...first, test: { file: 'test/gone.test.ts', name } }], suite)).toHaveLength(1);
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

it('27: what is signed is the hazards and the controls in words; where a test is kept or how it is called ends no sign-off', () => {
  const own = (words: string, name: string) => {
    const [hazard] = HAZARDS;
    if (!hazard) throw new Error('There is a hazard.');
    const control = { rule: 4, words, test: { file: 'test/a.test.ts', name } };
    return hazardLog([{ ...hazard, key: 'own-1', controls: [control] }], [], []).hash;
  };
  expect(own('It is shown first', 'renamed')).toBe(own('It is shown first', 'as it was'));
  expect(own('It is shown last', 'as it was')).not.toBe(own('It is shown first', 'as it was'));
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
