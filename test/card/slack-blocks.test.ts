import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slackText, toSlackBlocks } from '../../src/card/slack-blocks.ts';
import { anyCard, anyText } from '../support/card-arbitraries.ts';
import { planCard } from '../support/sample-card.ts';
import { slackMessageFaults } from '../support/slack-limits.ts';

it('draws the plan card with its headline, code, facts, progress and buttons', () => {
  const blocks = toSlackBlocks(planCard);
  expect(slackMessageFaults({ blocks, text: slackText(planCard) })).toEqual([]);
  const text = JSON.stringify(blocks);
  expect(text).toContain('needs 1 more approval · K7Q-4F2');
  expect(text).toContain('*Outage*  Tuesday 8 December 2026, 5pm to 11pm');
  expect(text).toContain('164 of 248 ▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░ 66 % · about 6 minutes left');
  expect(text).toContain('last: an approver approved K7Q-4F2 at 7:10pm');
  const actions = blocks.find((block) => block.type === 'actions');
  expect(actions?.elements.map((button) => button.action_id)).toEqual(['bsu:0', 'bsu:1', 'bsu-link:2']);
  expect(JSON.parse(actions?.elements[0]?.value ?? '')).toEqual({ verb: 'approve', input: { code: 'K7Q-4F2' } });
  expect(actions?.elements[1]?.confirm?.title.text).toBe('Abort this run?');
});

it('stays within every limit of a Slack message for any card', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      expect(slackMessageFaults({ blocks: toSlackBlocks(card), text: slackText(card) })).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('makes no mention, link or channel call out of user text', () => {
  const blocks = toSlackBlocks({
    ...planCard,
    body: [{ kind: 'text', text: 'Hello <!channel> & <https://x.example|you>' }],
  });
  const text = JSON.stringify(blocks);
  expect(text).toContain('Hello &lt;!channel&gt; &amp; &lt;https://x.example|you&gt;');
  expect(slackText({ ...planCard, headline: '<!here>' })).toContain('&lt;!here&gt;');
});

it('shows formatting marks of user text as marks, and leaves marks inside a word alone', () => {
  const [, section] = toSlackBlocks({
    headline: 'x',
    body: [{ kind: 'text', text: '*loud* plan_12_ticks.csv' }],
    actions: [],
  });
  expect(section?.type === 'section' && section.text.text).toBe('\u200B*\u200Bloud\u200B*\u200B plan_12_ticks.csv');
});

it('never loses what it takes away in silence: a long list says how many more there are', () => {
  const items = Array.from({ length: 1_500 }, (_, at) => `Service ${7_000_000 + at} at City Hospital`);
  const blocks = toSlackBlocks({ headline: 'Ticks', body: [{ kind: 'list', items }], actions: [] });
  expect(JSON.stringify(blocks)).toContain('… and 1460 more');
});

it('offers the words to type where a button cannot carry its input', () => {
  const input = { reason: 'x'.repeat(2_100) };
  const card = { headline: 'x', body: [], actions: [{ kind: 'do' as const, label: 'Reject', verb: 'reject', input }] };
  expect(JSON.stringify(toSlackBlocks(card))).toContain('For “Reject”, type /bsu reject');
});

it('keeps a long refusal whole instead of cutting it as a header', () => {
  const headline = `Not now. ${'Bulk updates are blocked in working hours. '.repeat(8)}End.`;
  expect(JSON.stringify(toSlackBlocks({ headline, body: [], actions: [] }))).toContain('End.');
});

it('keeps every short plain text readable in the notification', () => {
  fc.assert(fc.property(anyText, (headline) => slackText({ headline, body: [], actions: [] }).trim() !== ''));
});
