import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const GUARD = join(import.meta.dirname, '../../../src/require-node.mjs');

/** Loads the guard as a Node of that version would. */
function startedOn(version: string) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`;
  const source = `${pretend} await import(${JSON.stringify(GUARD)});`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', source], { encoding: 'utf8' });
}

it('an old Node is told what to do, and ends with code 2', () => {
  const { status, stderr } = startedOn('20.20.2');
  expect(status).toBe(2);
  expect(stderr).toContain('needs Node 26');
});

it('Node 26 goes on', () => {
  expect(startedOn('26.10.0')).toMatchObject({ status: 0, stderr: '' });
});
