import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepFiles } from '../../../src/surfaces/cli/keep-files.ts';

const FILES = [{ name: '../odd.csv', mediaType: 'text/csv', text: 'a' }];

it('--save makes the folder that is not there, and no name leads out of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'changeover-save-'));
  const said: string[] = [];
  keepFiles(FILES, join(folder, 'new', 'one'), (line) => said.push(line));
  expect(readdirSync(join(folder, 'new', 'one'))).toEqual(['odd.csv']);
  expect(said).toEqual([`Written: ${join(folder, 'new', 'one', 'odd.csv')}`]);
  keepFiles(FILES, null, (line) => said.push(line));
  expect(said[1]).toContain('Add --save FOLDER');
  rmSync(folder, { recursive: true });
});
