import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Answers } from '../../src/domain/answers.ts';
import { cardsIndex, sheets } from '../pictures/sheets.ts';
import { cardSamples } from '../support/card-samples/index.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');

it('every answer has a sample, and every sample stands in a picture', () => {
  // That no answer lacks one is the type of `cardSamples`; that no group is forgotten is seen here.
  const drawn = new Set(sheets.flatMap(({ cards }) => cards.map(({ code }) => code)));
  const codes = Object.keys(cardSamples) as (keyof Answers)[];
  expect(codes.filter((code) => !drawn.has(code))).toEqual([]);
  expect(codes.length).toBeGreaterThan(40);
});

it('docs/cards.md lists them all (npm run card-pictures)', () => {
  expect(readFileSync(join(DOCS, 'cards.md'), 'utf8')).toBe(cardsIndex());
});

it('every picture that it shows is there', () => {
  const shown = [...cardsIndex().matchAll(/\]\((pictures\/[^)]+)\)/g)].map((match) => match[1] ?? '');
  expect(shown.filter((picture) => !existsSync(join(DOCS, picture)))).toEqual([]);
  expect(shown.length).toBe(sheets.length * 2);
});
