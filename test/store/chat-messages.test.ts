import { expect, it } from 'vitest';
import { conversationStore } from '../../src/store/chat-messages.ts';
import { eachDatabase } from '../support/database.ts';
import { planCard } from '../support/sample-card.ts';

const NOW = '2026-12-01T19:00:00Z';

eachDatabase('chat messages', (database) => {
  it('keep a card, its edits and its thread, so that they are there after a restart', async () => {
    const chat = conversationStore((await database.open()).db);
    const posted = await chat.post({ channelId: 'migration', author: null, card: planCard, key: 'plan:12' }, NOW);
    await chat.post(
      { channelId: 'migration', author: null, text: 'Approve?', thread: posted.id, mentions: ['approver'] },
      NOW,
    );
    const edited = await chat.edit(posted.id, { ...planCard, headline: 'Plan 12 · approved' }, NOW);
    expect(edited?.version).toBe(2);
    const seen = await chat.seenBy('migration', 'planner', 10);
    expect(seen.map((message) => [message.card?.headline ?? message.text, message.thread])).toEqual([
      ['Plan 12 · approved', null],
      ['Approve?', posted.id],
    ]);
    expect(seen[1]?.mentions).toEqual(['approver']);
    expect(await chat.edit(999, planCard, NOW)).toBeNull();
  });

  it('post a message with the same key once', async () => {
    const chat = conversationStore((await database.open()).db);
    const first = await chat.post({ channelId: 'migration', author: null, text: 'one', key: 'call:1' }, NOW);
    const again = await chat.post({ channelId: 'migration', author: null, text: 'one', key: 'call:1' }, NOW);
    expect(again.id).toBe(first.id);
    expect((await chat.byKey('migration', 'call:1'))?.id).toBe(first.id);
    expect(await chat.byKey('elsewhere', 'call:1')).toBeNull();
  });

  it('show private messages to their one reader, and the newest when there are many', async () => {
    const chat = conversationStore((await database.open()).db);
    await chat.post({ channelId: 'migration', author: 'planner', onlyFor: 'planner', text: '/bsu plan' }, NOW);
    for (const text of ['a', 'b', 'c']) await chat.post({ channelId: 'migration', author: null, text }, NOW);
    expect((await chat.seenBy('migration', 'tester', 10)).map((message) => message.text)).toEqual(['a', 'b', 'c']);
    expect((await chat.seenBy('migration', 'planner', 10)).map((message) => message.text)).toEqual([
      '/bsu plan',
      'a',
      'b',
      'c',
    ]);
    expect((await chat.seenBy('migration', 'planner', 2)).map((message) => message.text)).toEqual(['b', 'c']);
  });
});
