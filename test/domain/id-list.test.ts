import { expect, it } from 'vitest';
import { readIdList } from '../../src/domain/id-list.ts';

it('4: an uploaded list is one id a line, or the first column of a CSV, with or without a heading', () => {
  expect(readIdList('7000001\r\n\r\n7000002\n7000001\n', 'ids.txt')).toEqual(['7000001', '7000002']);
  expect(readIdList('\uFEFFSERVICE_ID,name\n"7000001","Eye clinic"\n7000002;x', 'ids.csv')).toEqual([
    '7000001',
    '7000002',
  ]);
});

it('4: a fault points at its line, and nothing of the list is taken', () => {
  expect(() => readIdList('7000001\nEye clinic\n7000002', 'ids.txt')).toThrow('line 2');
  expect(() => readIdList('7000001\nid', 'ids.txt')).toThrow('line 2');
  expect(() => readIdList('SERVICE_ID\n', 'ids.txt')).toThrow('holds no service id');
});
