import type { App } from '../app.ts';
import type { SlackConfig } from '../config.ts';
import { SlackChannel } from '../delivery/channels/slack/channel.ts';
import { quietLogger, slackClient } from '../delivery/channels/slack/client.ts';
import type { Dispatch } from '../dispatch.ts';
import { replayKeyStore } from '../store/replay-keys.ts';
import { slackSurface } from '../surfaces/slack/surface.ts';
import type { OpenChat } from './open-chat.ts';

/** Slack, as configured: the channel by which we speak, and the surface by which people reach us. */
export function openSlack(app: App, dispatch: Dispatch, slack: SlackConfig): OpenChat {
  const client = slackClient({
    botToken: slack.botToken,
    log: app.log,
    ...(slack.apiUrl === null ? {} : { apiUrl: slack.apiUrl }),
  });
  const surface = slackSurface({
    from: slack.appToken === null ? { signingSecret: slack.signingSecret ?? '' } : { appToken: slack.appToken },
    client,
    logger: quietLogger(app.log),
    dispatch,
    replayKeys: replayKeyStore(app.connection.db),
    files: app.files,
    log: app.log,
    now: Date.now,
    ...(slack.apiUrl === null
      ? {}
      : { responseOrigin: new URL(slack.apiUrl).origin, filesOrigin: new URL(slack.apiUrl).origin }),
  });
  return { channel: new SlackChannel(client), surface, path: '/slack/' };
}
