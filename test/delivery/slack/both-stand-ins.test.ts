import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/card/card.ts';
import { SlackChannel } from '../../../src/delivery/channels/slack/channel.ts';
import { slackClient } from '../../../src/delivery/channels/slack/client.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { startWorld } from '../../../src/rehearsal/world.ts';
import { FakeSlack } from '../../support/slack-api.ts';

/** A stand-in of Slack's API: its address, and what is to happen to its next calls. */
interface StandIn {
  readonly apiUrl: string;
  next(fault: 'limited' | 'lost'): Promise<void>;
  stop(): Promise<void>;
}

const standIns: Readonly<Record<string, () => Promise<StandIn>>> = {
  'the one of the tests': async () => {
    const slack = await new FakeSlack().start();
    return {
      apiUrl: slack.apiUrl,
      next: async (fault) =>
        slack.fail('chat.postMessage', fault === 'lost' ? { kind: 'lost' } : { kind: 'limited', seconds: 7 }),
      stop: () => slack.stop(),
    };
  },
  'the one of the rehearsal': async () => {
    const world = await startWorld({ host: '127.0.0.1', port: 0, smtpPort: 0, executorSecret: 'x', size: 1 });
    return {
      apiUrl: `${world.url}/slack/api/`,
      async next(fault) {
        const slack = { next: [fault === 'lost' ? 'lost' : '429'], retryAfterSeconds: 7 };
        await fetch(`${world.url}/_world/knobs`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ slack }),
        });
      },
      stop: () => world.stop(),
    };
  },
};

/** Both are made here: the same scenario on both keeps either from agreeing with us alone. */
describe.each(Object.entries(standIns))('the channel against a stand-in of Slack: %s', (_name, start) => {
  let standIn: StandIn;
  let channel: SlackChannel;
  let room: { tenant: string; channelId: string };
  let rooms = 0;

  beforeAll(async () => {
    standIn = await start();
    const client = slackClient({ botToken: 'xoxb-test', apiUrl: standIn.apiUrl, log: silentLog });
    channel = new SlackChannel(async () => client);
  });
  afterAll(() => standIn.stop());
  beforeEach(() => {
    rooms += 1;
    room = { tenant: 'T0TEAM', channelId: `C0ROOM${rooms}` };
  });
  const card: Card = { headline: 'Plan 12', body: [], actions: [] };

  it('posts, finds by its key, edits in place, and answers in the thread', async () => {
    const posted = await channel.post(room, card, 'plan:12');
    expect(posted.kind).toBe('done');
    const id = posted.kind === 'done' ? posted.messageId : '';
    expect(await channel.find(room, 'plan:12')).toBe(id);
    expect(await channel.edit(room, id, { ...card, headline: 'Plan 12 is approved' }, 'plan:12')).toEqual(posted);
    const said = await channel.say(room, id, 'Look here.', [{ userId: 'U0DEPUTY', name: 'The deputy' }], 'call:1');
    expect(said.kind).toBe('done');
    expect(said).not.toEqual(posted);
    expect(await channel.find(room, 'plan:12')).toBe(id);
  });

  it('knows a message that is gone', async () => {
    expect(await channel.edit(room, '1.1', card, 'plan:12')).toMatchObject({ kind: 'gone' });
  });

  it('passes on how long to wait', async () => {
    await standIn.next('limited');
    expect(await channel.post(room, card, 'plan:12')).toMatchObject({ kind: 'retry', afterSeconds: 7 });
    expect(await channel.find(room, 'plan:12')).toBeNull();
  });

  it('finds what was posted though its answer was lost', async () => {
    await standIn.next('lost');
    expect(await channel.post(room, card, 'plan:12')).toMatchObject({ kind: 'unknown' });
    expect(await channel.find(room, 'plan:12')).not.toBeNull();
  });
});
