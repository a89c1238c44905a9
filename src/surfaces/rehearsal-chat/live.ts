import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import type { Conversations } from '../../ports/conversations.ts';
import { CHAT_CHANNEL } from './cast.ts';
import { messageJson } from './message-json.ts';
import { Who } from './requests.ts';
import type { Room } from './room.ts';
import type { WorldClock } from './world-clock.ts';

const SHOWN = 200;
const HEARTBEAT_MS = 20_000;

interface LiveDeps {
  readonly room: Room;
  readonly conversations: Conversations;
  readonly clock: Clock;
  readonly worldClock: WorldClock | null;
}

/** The messages as they are now, and as they come: server-sent events `message` and `clock`. */
export function liveRoutes(app: FastifyInstance, { room, conversations, clock, worldClock }: LiveDeps): void {
  app.get('/rehearsal/messages', async (request, reply) => {
    const { as } = Who.parse(request.query);
    const seen = await conversations.seenBy(CHAT_CHANNEL.channelId, as, SHOWN);
    return reply.header('cache-control', 'no-store').send({ messages: seen.map(messageJson) });
  });

  const open = new Set<() => void>();
  app.get('/rehearsal/events', (request, reply) => {
    const { as } = Who.parse(request.query);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    const send = (event: string, data: unknown) => raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    send('clock', { now: clock.now().toString() });
    const stops = [
      room.listen(as, (message) => send('message', messageJson(message))),
      worldClock?.onMove(() => send('clock', { now: clock.now().toString() })),
    ];
    const heartbeat = setInterval(() => raw.write(':\n\n'), HEARTBEAT_MS);
    const close = () => {
      clearInterval(heartbeat);
      for (const stop of stops) stop?.();
      open.delete(close);
      raw.end();
    };
    open.add(close);
    request.raw.on('close', close);
  });
  app.addHook('preClose', async () => {
    for (const close of open) close();
  });
}
