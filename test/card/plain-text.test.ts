import fc from 'fast-check';
import { expect, it } from 'vitest';
import { progressBar } from '../../src/card/marks.ts';
import { toPlainText } from '../../src/card/plain-text.ts';
import { anyCard } from '../support/card-arbitraries.ts';
import { planCard } from '../support/sample-card.ts';

it('writes the plan card as lines, with what to type instead of buttons', () => {
  expect(toPlainText(planCard).split('\n')).toEqual([
    'Plan 12 · Rehearsal PAS migration · needs 1 more approval  [K7Q-4F2]',
    '  248 services at 3 sites move from 200000000220 to 200000001337',
    '  • City Hospital 131',
    '  • General Hospital 74',
    '  • Park Hospital 43',
    '  Outage  Tuesday 8 December 2026, 5pm to 11pm',
    '  Window  Tuesday 8 December 2026, 8:15pm to 11:30pm',
    '',
    '  164 of 248 ▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░ 66 % · about 6 minutes left',
    '  Vote      Time',
    '  approver  7:02pm',
    'Next:',
    '  Approve: /bsu approve code=K7Q-4F2',
    '  Abort: /bsu abort',
    '  See all 248: https://changeover.example/plans/12',
    'last: an approver approved K7Q-4F2 at 7:10pm',
  ]);
});

it('holds no control character that a terminal would obey, for any card', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const text = toPlainText(card);
      expect(text.isWellFormed()).toBe(true);
      expect(/(?!\n)\p{Cc}/u.test(text)).toBe(false);
    }),
  );
});

it('fills the bar only when all is done', () => {
  expect(progressBar(247, 248)).toBe(`${'▓'.repeat(19)}░ 99 %`);
  expect(progressBar(248, 248)).toBe(`${'▓'.repeat(20)} 100 %`);
  expect(progressBar(0, 0)).toBe(`${'░'.repeat(20)} 0 %`);
});
