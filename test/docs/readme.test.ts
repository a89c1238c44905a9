import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const environment = readFileSync(join(ROOT, '.env.example'), 'utf8');

it('every npm script that the README names is there', () => {
  const named = [...readme.matchAll(/npm (?:run (?:-s )?)?(start|test|[a-z0-9-]+)\b/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== 'ci' && name !== 'and');
  const missing = [...new Set(named)].filter((name) => !(name in packageJson.scripts));
  expect(missing).toEqual([]);
  expect(named.length).toBeGreaterThan(5);
});

it('every file that the README links to is there', () => {
  const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
  expect(linked.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  expect(linked.length).toBeGreaterThan(8);
});

it('every verb that the README types is one', () => {
  const verbs = commands.map(({ verb }) => verb);
  const typed = [...readme.matchAll(/\/bsu ([a-z]+)/g), ...readme.matchAll(/bsu -- ([a-z]+)/g)].map(
    (match) => match[1],
  );
  expect(typed.filter((verb) => verb && !verbs.includes(verb))).toEqual([]);
  expect(typed.length).toBeGreaterThan(15);
});

it('every setting that the README names stands in .env.example', () => {
  const named = [...readme.matchAll(/`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`/g)].map((match) => match[1] ?? '');
  const missing = named.filter((name) => !new RegExp(`^${name}=`, 'm').test(environment) && !name.startsWith('TEST_'));
  expect(missing).toEqual([]);
});
