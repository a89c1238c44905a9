import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import { SlackChannel } from '../delivery/channels/slack/channel.ts';
import { quietLogger, slackClient } from '../delivery/channels/slack/client.ts';
import type { Dispatch } from '../dispatch.ts';
import type { Channel } from '../ports/channel.ts';
import { conversationStore } from '../store/chat-messages.ts';
import { replayKeyStore } from '../store/replay-keys.ts';
import { chatChannel } from '../surfaces/rehearsal-chat/chat-channel.ts';
import { rehearsalChat } from '../surfaces/rehearsal-chat/rehearsal-chat.ts';
import { openRoom } from '../surfaces/rehearsal-chat/room.ts';
import { type SlackSurface, slackSurface } from '../surfaces/slack/surface.ts';

/** The chat platforms that are configured: where they speak, and the doors by which they reach us. */
export interface Channels {
  readonly list: readonly Channel[];
  readonly pages: readonly ((app: FastifyInstance) => Promise<void>)[];
  readonly slack: ((request: IncomingMessage, response: ServerResponse) => void) | null;
  /** Called after each verb: something may be due. */
  onActivity(wake: () => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function openChannels(app: App): Channels {
  let wake = (): void => {};
  const dispatch: Dispatch = async (request) => {
    const outcome = await app.dispatch(request);
    wake();
    return outcome;
  };
  const chat = app.config.mode === 'rehearsal' ? openChat(app, dispatch) : null;
  const slack = app.config.slack === null ? null : openSlack(app, dispatch);
  return {
    list: [...(chat ? [chat.channel] : []), ...(slack ? [slack.channel] : [])],
    pages: chat ? [chat.page] : [],
    slack: slack?.surface.handle ?? null,
    onActivity(given) {
      wake = given;
    },
    async start() {
      await slack?.surface.start();
    },
    async stop() {
      await slack?.surface.stop();
    },
  };
}

function openChat(app: App, dispatch: Dispatch): { channel: Channel; page: (app: FastifyInstance) => Promise<void> } {
  const conversations = conversationStore(app.connection.db);
  const room = openRoom(conversations, app.clock);
  const world = app.config.world !== null && app.worldClock ? { url: app.config.world, clock: app.worldClock } : null;
  const page = rehearsalChat({
    dispatch,
    room,
    conversations,
    clock: app.clock,
    bankHolidays: app.bankHolidays,
    keepFile: (name, content) => app.files.put(name, content),
    world,
  });
  return { channel: chatChannel(room, conversations), page };
}

function openSlack(app: App, dispatch: Dispatch): { channel: Channel; surface: SlackSurface } {
  const { slack } = app.config;
  if (slack === null) throw new Error('Slack is not configured.');
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
  return { channel: new SlackChannel(client), surface };
}
