import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Connection } from '../../db/connect.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Conversations } from '../../src/ports/conversations.ts';
import { conversationStore } from '../../src/store/chat-messages.ts';
import { chatChannel } from '../../src/surfaces/rehearsal-chat/chat-channel.ts';
import { rehearsalChat } from '../../src/surfaces/rehearsal-chat/rehearsal-chat.ts';
import { openRoom } from '../../src/surfaces/rehearsal-chat/room.ts';
import type { WorldClock } from '../../src/surfaces/rehearsal-chat/world-clock.ts';
import { webRoutes } from '../../src/surfaces/web/web-routes.ts';
import { openOffice } from './office.ts';

/** An office with its chat page on a real port. Uploaded files are kept in memory, under `file:1` and so on. */
export async function openChatOffice(
  connection: Connection,
  given: { world?: { url: string; clock: WorldClock } } = {},
) {
  const office = await openOffice(connection);
  const conversations: Conversations = conversationStore(connection.db);
  const room = openRoom(conversations, office.clock);
  const files = new Map<string, { name: string; bytes: Buffer }>();
  const faults: string[] = [];
  const chat = rehearsalChat({
    dispatch: office.dispatch,
    room,
    conversations,
    clock: office.clock,
    bankHolidays: {
      source: 'a test table',
      coveredFrom: '2026-01-01',
      coveredTo: '2027-12-31',
      days: new Map([['2026-12-25', 'Christmas Day']]),
    },
    keepFile: async (name, content) => {
      const ref = `file:${files.size + 1}`;
      files.set(ref, { name, bytes: await buffer(content) });
      return ref;
    },
    world: given.world ?? null,
  });
  const web = await webRoutes({ log: silentLog, readiness: async () => faults, pages: [chat] });
  const server = createServer(web.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    office,
    room,
    channel: chatChannel(room, conversations),
    files,
    faults,
    url,
    async get(path: string, headers: Record<string, string> = {}) {
      return fetch(`${url}${path}`, { headers });
    },
    async post(path: string, body: unknown, headers: Record<string, string> = {}) {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      };
      return fetch(`${url}${path}`, init);
    },
    async close() {
      await web.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type ChatOffice = Awaited<ReturnType<typeof openChatOffice>>;
