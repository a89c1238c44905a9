import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import type { Dispatch } from '../dispatch.ts';
import type { Channel } from '../ports/channel.ts';
import { conversationStore } from '../store/chat-messages.ts';
import { chatChannel } from '../surfaces/rehearsal-chat/chat-channel.ts';
import { rehearsalChat } from '../surfaces/rehearsal-chat/rehearsal-chat.ts';
import { openRoom } from '../surfaces/rehearsal-chat/room.ts';
import type { Door, OpenChat } from './open-chat.ts';

/** The chat platforms that are configured: where they speak, and the doors by which they reach us. */
export interface Channels {
  /** The verbs; each press wakes what may be due. */
  readonly dispatch: Dispatch;
  readonly list: readonly Channel[];
  readonly pages: readonly ((app: FastifyInstance) => Promise<void>)[];
  /** Who answers a request to this path; null: no chat platform. */
  doorTo(path: string): Door | null;
  /** Called after each verb: something may be due. */
  onActivity(wake: () => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function openChannels(app: App): Promise<Channels> {
  let wake = (): void => {};
  const dispatch: Dispatch = async (request) => {
    const outcome = await app.dispatch(request);
    // A look at a card makes nothing due.
    if (request.subject === undefined) wake();
    return outcome;
  };
  const chat = app.config.mode === 'rehearsal' ? openChat(app, dispatch) : null;
  const open = await openConfigured(app, dispatch);
  return {
    dispatch,
    list: [...(chat ? [chat.channel] : []), ...open.map(({ channel }) => channel)],
    pages: chat ? [chat.page] : [],
    doorTo: (path) => open.find((one) => path.startsWith(one.path))?.surface.handle ?? null,
    onActivity(given) {
      wake = given;
    },
    async start() {
      for (const { surface } of open) await surface.start();
    },
    async stop() {
      for (const { surface } of open) await surface.stop();
    },
  };
}

/** Only what is configured is loaded, one after another: SDKs that are imported at once can race in Node (contracts, Modes). */
async function openConfigured(app: App, dispatch: Dispatch): Promise<OpenChat[]> {
  const { slack, teams } = app.config;
  const open: OpenChat[] = [];
  if (slack !== null) {
    const { openSlack } = await import('./slack.ts');
    open.push(openSlack(app, dispatch, slack));
  }
  if (teams !== null) {
    const { openTeams } = await import('./teams.ts');
    open.push(openTeams(app, dispatch, teams));
  }
  return open;
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
