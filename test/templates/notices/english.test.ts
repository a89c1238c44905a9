import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { englishNotices } from '../../support/english-notices.ts';

const BEFORE = join(import.meta.dirname, 'english-before.json');

it('22: English-only mails are byte for byte what they were before the words became a catalogue (all kinds; 1, 12 and 1,500 services)', () => {
  // Where a sentence is changed on purpose, write the file anew from englishNotices(), and read the pictures again.
  expect(englishNotices()).toEqual(JSON.parse(readFileSync(BEFORE, 'utf8')));
});
