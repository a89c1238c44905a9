import { expect, it } from 'vitest';
import { itemKey, itemMove } from '../../src/domain/run.ts';
import { judgeReadBack } from '../../src/domain/run-item.ts';
import { failuresInARow, thresholdReached } from '../../src/domain/run-threshold.ts';

const OLD = { organisation: 'RZ9', asid: '200000000220' };
const NEW = { organisation: 'RZ9', asid: '200000001337' };
const item = { from: OLD, to: NEW, direction: 'forward' } as const;
const KEY = 'm3:7000001:forward:1';
const found = (link: typeof OLD, lastKey: string | null) => ({ serviceId: '7000001', ...link, lastKey });

it('15: the key is of the service and the direction, never of the attempt', () => {
  expect(itemKey({ migrationId: 3, generation: 1 }, '7000001', 'forward')).toBe(KEY);
});

it('18: going back, an item moves from the new link to the old one', () => {
  expect(itemMove({ ...item, direction: 'undo' })).toEqual({ from: NEW, to: OLD });
});

it.each([
  ['on its target', item, found(NEW, KEY), 'confirmed'],
  ['on its target by another hand', item, found(NEW, null), 'confirmed'],
  ['still where it was', item, found(OLD, null), 'pending'],
  ['changed and changed back', item, found(OLD, KEY), 'needs-a-person'],
  ['somewhere else', item, found({ organisation: 'RZ9', asid: '200000009999' }, null), 'needs-a-person'],
  ['back on the old one in an undo', { ...item, direction: 'undo' as const }, found(OLD, null), 'undone'],
])('15: read back %s, it becomes %s', (_, one, seen, state) => {
  expect(judgeReadBack(one, KEY, seen).state).toBe(state);
});

const settings = { failureThresholdPercent: 5, failuresInARow: 3 };
it.each([
  [{ failed: 5, inARow: 1, total: 100 }, null],
  [{ failed: 6, inARow: 1, total: 100 }, '6 of 100 services failed, more than 5 %.'],
  [{ failed: 3, inARow: 3, total: 1500 }, '3 services in a row failed.'],
  [{ failed: 0, inARow: 0, total: 0 }, null],
])('17: failures %j stop the run: %s', (failures, words) => {
  expect(thresholdReached(failures, settings)).toBe(words);
});

it('17: a success ends the row of failures, but a long row within a batch is not forgotten', () => {
  expect(failuresInARow(2, [true, false, true])).toEqual({ now: 1, most: 3 });
});
