import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quietLogger, slackClient } from '../../../src/delivery/channels/slack/client.ts';
import { oneWorkspace } from '../../../src/delivery/channels/slack/workspaces.ts';
import type { Outcome, Request } from '../../../src/dispatch.ts';
import { Refusal } from '../../../src/kernel/errors.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { type SlackSurface, slackSurface } from '../../../src/surfaces/slack/surface.ts';
import { FakeSlack } from '../../support/slack-api.ts';
import { rememberedKeys } from '../../support/slack-office.ts';
import { clicked, typedCommand } from '../../support/slack-payloads.ts';
import { FakeSocket } from '../../support/slack-socket.ts';

describe('Slack without a public address (Socket Mode)', () => {
  let slack: FakeSlack;
  let socket: FakeSocket;
  let surface: SlackSurface;
  let asked: Request[];

  beforeEach(async () => {
    asked = [];
    socket = await new FakeSocket().start();
    slack = await new FakeSlack().start();
    slack.socketUrl = socket.url;
    slack.users.set('U0PLANNER', { id: 'U0PLANNER', team_id: slack.team });
    surface = slackSurface({
      from: { appToken: 'xapp-test', apiUrl: slack.apiUrl },
      workspaces: oneWorkspace(slackClient({ botToken: 'xoxb-test', apiUrl: slack.apiUrl, log: silentLog })),
      logger: quietLogger(silentLog),
      dispatch: async (request): Promise<Outcome> => {
        asked.push(request);
        return { kind: 'refusal', verb: 'x', refusal: new Refusal('x', 'Not now.') };
      },
      replayKeys: rememberedKeys(),
      files: { put: () => Promise.reject(new Error('No file comes here.')) },
      log: silentLog,
      now: () => Date.now(),
      responseOrigin: slack.url,
    });
    await surface.start();
  });
  afterEach(async () => {
    await surface.stop();
    await socket.stop();
    await slack.stop();
  });

  it('takes no HTTP', () => {
    expect(surface.handle).toBeNull();
  });

  it('answers a typed command in its acknowledgement', async () => {
    const command = Object.fromEntries(new URLSearchParams(typedCommand('run', { slackUrl: slack.url })));
    const answer = (await socket.send('slash_commands', command)) as { text: string };
    expect(answer.text).toContain('Not now.');
    expect(asked[0]?.text).toBe('run');
  });

  it('takes a click, and outlives what is none of its payloads', async () => {
    const click = new URLSearchParams(clicked('why', {}, { slackUrl: slack.url })).get('payload') ?? '';
    void socket.send('interactive', { type: 'block_actions', user: null, actions: [{ action_id: 'bsu:0' }] });
    void socket.send('events_api', {});
    await socket.send('interactive', JSON.parse(click));
    await surface.stop();
    expect(asked).toMatchObject([{ verb: 'why' }]);
    expect(slack.responses[0]?.body.text).toContain('Not now.');
  });
});
