import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/card/card.ts';
import { SlackChannel } from '../../../src/delivery/channels/slack/channel.ts';
import { slackClient } from '../../../src/delivery/channels/slack/client.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { FakeSlack } from '../../support/slack-api.ts';

const card = (headline: string): Card => ({ headline, body: [{ kind: 'text', text: 'by <!channel>' }], actions: [] });
const room = { tenant: 'T0TEAM', channelId: 'C0ROOM' };
const named = (...ids: string[]) => ids.map((userId) => ({ userId, name: 'Somebody' }));

describe('Slack as a channel', () => {
  let slack: FakeSlack;
  let channel: SlackChannel;

  beforeAll(async () => {
    slack = await new FakeSlack().start();
    const client = slackClient({
      botToken: 'xoxb-test',
      apiUrl: slack.apiUrl,
      log: silentLog,
      timeoutMilliseconds: 200,
    });
    channel = new SlackChannel(async (tenant) => (tenant === 'TGONE' ? null : client));
  });
  afterAll(() => slack.stop());
  beforeEach(() => {
    slack.messages.length = 0;
    slack.calls.length = 0;
  });

  it('posts a card and edits it in place', async () => {
    const posted = await channel.post(room, card('Plan 12 needs 1 more approval'), 'plan:12');
    const [message] = slack.messages;
    expect(posted).toEqual({ kind: 'done', messageId: message?.ts });
    expect(await channel.edit(room, message?.ts ?? '', card('Plan 12 is approved'), 'plan:12')).toEqual(posted);
    expect(slack.messages).toHaveLength(1);
    expect(slack.messages[0]).toMatchObject({ channel: 'C0ROOM', edits: 1 });
    expect(slack.messages[0]?.text).toContain('Plan 12 is approved');
  });

  it('cannot be made to call everybody by what a person typed', async () => {
    await channel.post(room, card('x'), 'plan:12');
    await channel.say(
      room,
      null,
      'look here <!channel> <@U0OTHER>',
      named('U0DEPUTY', '!channel', 'U1> <!here'),
      'call:1',
    );
    const sent = JSON.stringify(slack.messages.map(({ text, blocks }) => ({ text, blocks })));
    expect(sent).not.toContain('<!');
    expect(sent).not.toContain('<@U0OTHER>');
    expect(slack.messages[1]?.text.startsWith('<@U0DEPUTY> look here')).toBe(true);
  });

  it('19: calls for a person by a new message in the thread', async () => {
    await channel.say(
      room,
      '1700000000.000007',
      'The run is paused.',
      [{ userId: 'U0DEPUTY', name: 'The deputy' }],
      'call:1',
    );
    expect(slack.messages[0]).toMatchObject({ threadTs: '1700000000.000007', text: '<@U0DEPUTY> The run is paused.' });
  });

  it('finds a card again whose posting had no answer', async () => {
    slack.fail('chat.postMessage', { kind: 'lost' });
    expect(await channel.post(room, card('x'), 'plan:12')).toMatchObject({ kind: 'unknown' });
    expect(await channel.find(room, 'plan:12')).toBe(slack.messages[0]?.ts);
    expect(await channel.find(room, 'plan:13')).toBeNull();
  });

  it('finds nothing where it may not look, and says so when Slack does not answer', async () => {
    slack.fail('conversations.history', { kind: 'error', error: 'missing_scope' }, { kind: 'http', status: 500 });
    expect(await channel.find(room, 'plan:12')).toBeNull();
    await expect(channel.find(room, 'plan:12')).rejects.toThrow();
  });

  it('says that a deleted message is gone, so that it is posted anew', async () => {
    expect(await channel.edit(room, '1.1', card('x'), 'plan:12')).toMatchObject({ kind: 'gone' });
  });
});
