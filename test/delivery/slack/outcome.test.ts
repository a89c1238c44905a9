import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SlackClient, slackClient } from '../../../src/delivery/channels/slack/client.ts';
import { failureOf } from '../../../src/delivery/channels/slack/outcome.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { FakeSlack, type Fault } from '../../support/slack-api.ts';

describe('what is known after a call to Slack failed', () => {
  let slack: FakeSlack;
  let client: SlackClient;

  beforeAll(async () => {
    slack = await new FakeSlack().start();
    client = slackClient({ botToken: 'xoxb-test', apiUrl: slack.apiUrl, log: silentLog, timeoutMilliseconds: 200 });
  });
  afterAll(() => slack.stop());

  const post = () => client.chat.postMessage({ channel: 'C1', text: 'x' }).then(() => null, failureOf);

  it.each<[string, Fault, object]>([
    ['a rate limit', { kind: 'limited', seconds: 7 }, { kind: 'retry', afterSeconds: 7, because: 'limit' }],
    ['a rate limit without a time', { kind: 'limited', seconds: null }, { kind: 'retry', afterSeconds: 15 }],
    [
      'blocks that Slack does not take',
      { kind: 'error', error: 'invalid_blocks' },
      { kind: 'final', reason: 'invalid_blocks' },
    ],
    [
      'a private channel without us, or a deleted one',
      { kind: 'error', error: 'channel_not_found' },
      { kind: 'retry', afterSeconds: 300, because: 'person', reason: expect.stringContaining('/invite @Changeover') },
    ],
    [
      'an archived channel',
      { kind: 'error', error: 'is_archived' },
      { kind: 'retry', because: 'person', reason: expect.stringContaining('archived') },
    ],
    [
      'a scope that was taken away',
      { kind: 'error', error: 'missing_scope' },
      { kind: 'retry', because: 'person', reason: expect.stringContaining('permission') },
    ],
    ['a message that was deleted', { kind: 'error', error: 'message_not_found' }, { kind: 'gone' }],
    ['a bot that nobody invited', { kind: 'error', error: 'not_in_channel' }, { kind: 'retry', afterSeconds: 300 }],
    ['a token that was taken back', { kind: 'error', error: 'token_revoked' }, { kind: 'retry', afterSeconds: 300 }],
    ['an error inside Slack', { kind: 'error', error: 'internal_error' }, { kind: 'unknown' }],
    ['HTTP 503', { kind: 'http', status: 503 }, { kind: 'unknown', reason: 'HTTP 503' }],
    ['HTTP 400', { kind: 'http', status: 400 }, { kind: 'final', reason: 'HTTP 400' }],
    ['a connection cut before the answer', { kind: 'cut' }, { kind: 'unknown' }],
    ['an answer that was lost', { kind: 'lost' }, { kind: 'unknown' }],
    ['no answer in time', { kind: 'hang' }, { kind: 'unknown', reason: 'TimeoutError' }],
  ])('%s', async (_words, fault, expected) => {
    slack.fail('chat.postMessage', fault);
    expect(await post()).toMatchObject(expected);
    expect(await post()).toBeNull();
  });

  it('a server that never took the connection is tried again without looking', async () => {
    const gone = await new FakeSlack().start();
    await gone.stop();
    const nobody = slackClient({ botToken: 'xoxb-test', apiUrl: gone.apiUrl, log: silentLog });
    const outcome = await nobody.chat.postMessage({ channel: 'C1', text: 'x' }).then(() => null, failureOf);
    expect(outcome).toMatchObject({ kind: 'retry' });
  });

  it('one rate limit holds back no other call', async () => {
    slack.fail('chat.postMessage', { kind: 'limited', seconds: 3600 });
    const [limited, other] = await Promise.all([post(), client.users.info({ user: 'U1' }).then(() => null, failureOf)]);
    expect(limited).toMatchObject({ kind: 'retry', afterSeconds: 3600 });
    expect(other).toMatchObject({ kind: 'final', reason: 'user_not_found' });
  });
});
