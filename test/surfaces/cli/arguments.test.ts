import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { wordsOf } from '../../../src/dispatch/words.ts';
import { readArguments } from '../../../src/surfaces/cli/arguments.ts';

const folder = mkdtempSync(join(tmpdir(), 'changeover-cli-'));
writeFileSync(join(folder, 'extract.csv'), 'SERVICE_ID\n');

it('keeps words with spaces together, so that the line means what was typed', () => {
  const { line } = readArguments(['start', 'name=New PAS 2027', 'to=200000001337', 'two words'], commands, folder);
  expect(wordsOf(line)).toEqual({
    verb: 'start',
    named: { name: 'New PAS 2027', to: '200000001337' },
    bare: ['two words'],
  });
});

it('takes --json and --as out', () => {
  expect(readArguments(['people', '--json', '--as', 'planner@rehearsal.example'], commands, folder)).toMatchObject({
    line: 'people',
    json: true,
    as: 'planner@rehearsal.example',
  });
});

it("a file's path belongs to the verb's file field", () => {
  const found = readArguments(['import', 'extract.csv', 'taken=2026-11-30'], commands, folder);
  expect(found).toMatchObject({
    line: 'import taken=2026-11-30',
    file: { path: join(folder, 'extract.csv'), field: 'file' },
  });
});
