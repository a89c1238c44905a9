import { expect, it } from 'vitest';
import { z } from 'zod';
import { problemWords } from '../../src/dispatch/problem-words.ts';

const CASES: readonly [schema: z.ZodType, given: unknown, words: string][] = [
  [z.string().min(3), 'no', 'Write at least 3 characters.'],
  [z.string().max(3), 'much', 'Write at most 3 characters.'],
  [z.coerce.number().min(1), '0', 'Give 1 or more.'],
  [z.coerce.number().max(9), '10', 'Give 9 or less.'],
  [z.coerce.number(), 'many', 'Give a number.'],
  [z.coerce.number().int(), '1.5', 'Give a whole number.'],
  [z.email(), 'somebody', 'Give an e-mail address, for example name@trust.example.'],
  [z.enum(['on', 'off']), 'maybe', 'Choose one of: on, off.'],
  [z.string().regex(/^x$/), 'y', 'That does not have the form that is wanted here.'],
  [z.string().min(3, 'Say a little more.'), 'no', 'Say a little more.'],
  [z.boolean(), 'x', 'That cannot be read. Type it another way.'],
];

it('says what is wrong with a field in plain words, and leaves a verb’s own sentence alone', () => {
  for (const [schema, given, words] of CASES) {
    const [issue] = schema.safeParse(given).error?.issues ?? [];
    if (!issue) throw new Error(`${String(given)} was taken.`);
    expect(problemWords(issue)).toBe(words);
  }
});
