import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');

interface Rule {
  readonly number: number;
  readonly keptBy: readonly string[];
  readonly provenBy: readonly string[];
  readonly notYet: boolean;
}

const rules: readonly Rule[] = text
  .split(/^### /m)
  .slice(1)
  .map((part) => ({
    number: Number(/^(\d+)\./.exec(part)?.[1]),
    keptBy: linksIn(part, 'Kept by'),
    provenBy: linksIn(part, 'Proven by'),
    notYet: /^- Not yet: \S/m.test(part),
  }));

function linksIn(part: string, label: string): string[] {
  const line = new RegExp(`^- ${label}: (.*)$`, 'm').exec(part)?.[1] ?? '';
  return [...line.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map((match) => match[1] ?? '');
}

it('all thirty rules stand there in order', () => {
  expect(rules.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
});

for (const rule of rules) {
  it(`rule ${rule.number} names the code that keeps it and a test that proves it, or says "not yet"`, () => {
    expect(rule.notYet || rule.keptBy.length > 0).toBe(true);
    for (const file of [...rule.keptBy, ...rule.provenBy]) expect(existsSync(join(ROOT, file)), file).toBe(true);
    if (rule.keptBy.length > 0) expect(rule.provenBy.length).toBeGreaterThan(0);
  });

  it(`the tests that prove rule ${rule.number} begin with its number`, () => {
    for (const file of rule.provenBy) {
      const named = new RegExp(`['"\`]${rule.number}: `).test(readFileSync(join(ROOT, file), 'utf8'));
      expect(named, `${file} has no test named "${rule.number}: …"`).toBe(true);
    }
  });
}
