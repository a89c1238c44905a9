import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { eachDatabase } from './support/database.ts';
import { openOffice } from './support/office.ts';

const FOLDER = join(import.meta.dirname, '..', 'commands');

it('every file in commands/ is one verb of the list, and the other way round', () => {
  const files = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'index.ts')
    .map((entry) => entry.name.replace(/\.ts$/, ''));
  expect(commands.map(({ verb }) => verb).sort()).toEqual(files.sort());
});

it('every verb says what it is for and how it is typed', () => {
  for (const command of commands) {
    expect(command.summary.length, command.verb).toBeGreaterThan(10);
    expect(command.examples[0], command.verb).toMatch(/^\/bsu\b.*/);
  }
});

it('Teams can hold the menus: at most twelve verbs each', () => {
  for (const menu of ['team', 'personal']) {
    expect(commands.filter((command) => command.menu === menu).length, menu).toBeLessThanOrEqual(12);
  }
});

it('no card, refusal or page names a verb that does not exist', () => {
  const verbs = new Set(commands.map(({ verb }) => verb));
  const named = ['src', 'commands', 'templates'].flatMap((folder) => verbsNamedUnder(join(FOLDER, '..', folder)));
  expect(named.filter(({ verb }) => !verbs.has(verb))).toEqual([]);
  expect(named.length).toBeGreaterThan(50);
});

eachDatabase('every verb', (database) => {
  it('29: refuses a stranger', async () => {
    const office = await openOffice(await database.open());
    for (const { verb } of commands) {
      const outcome = await office.as('stranger').type(verb);
      expect(outcome, verb).toMatchObject({ kind: 'refusal', refusal: { code: 'stranger' } });
    }
  });

  it('29: refuses somebody without its role, and names who could', async () => {
    const office = await openOffice(await database.open());
    const closed = commands.filter(
      ({ who, anyoneLooks }) => Array.isArray(who) && !who.includes('observer') && !anyoneLooks,
    );
    for (const { verb } of closed) {
      const outcome = await office.as('observer').type(verb);
      expect(outcome, verb).toMatchObject({ kind: 'refusal', refusal: { code: 'role' } });
    }
    expect(closed.length).toBeGreaterThan(3);
  });
});

function verbsNamedUnder(folder: string): { file: string; verb: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|js|njk)$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/\/bsu ([a-z]+)/g)].map((match) => ({
        file,
        verb: match[1] ?? '',
      })),
    );
}
