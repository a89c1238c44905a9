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
    files: [{ path: join(folder, 'extract.csv'), field: 'file' }],
    missing: null,
  });
  expect(readArguments(['import', 'file=extract.csv'], commands, folder).files).toEqual(found.files);
});

it('11: a verb with two files is given each by its name, and a file that is not there is named', () => {
  writeFileSync(join(folder, 'policy.json'), '{}');
  const argv = [
    'hours',
    '--policy',
    'policy.json',
    '--calendar=extract.csv',
    '--from',
    '2026-01-01T00:00:00Z',
    '--json',
  ];
  expect(readArguments(argv, commands, folder)).toEqual({
    line: 'hours --from 2026-01-01T00:00:00Z',
    json: true,
    as: null,
    linkFor: null,
    save: null,
    files: [
      { path: join(folder, 'policy.json'), field: 'policy' },
      { path: join(folder, 'extract.csv'), field: 'calendar' },
    ],
    missing: null,
  });
  expect(readArguments(['hours', '--calendar', 'none.ics'], commands, folder).missing).toBe('none.ics');
});

it('30: an answer’s files are kept in the folder that is named, as the night pack is', () => {
  const { line, save } = readArguments(['night', '--save', '.'], commands, '/folder');
  expect([line, save]).toEqual(['night', '/folder']);
});
