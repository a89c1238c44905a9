import { expect, it } from 'vitest';
import { firstInWords, listInWords } from '../../src/kernel/list-words.ts';

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('lists %j', (items, words) => {
  expect(listInWords(items)).toBe(words);
});

it('says how many of a list are not named', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f'];
  expect(firstInWords(six.slice(0, 5))).toBe('a, b, c, d, e');
  expect(firstInWords(six)).toBe('a, b, c, d, e and 1 more');
  expect(firstInWords(six.slice(0, 5), 1505)).toBe('a, b, c, d, e and 1,500 more');
  expect(firstInWords([])).toBe('');
});
