import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../rooms.ts';
import { paramOf, queryOf } from '../web/forms.ts';
import { hangUp } from '../web/hang-up.ts';
import { type Args, fileOf, METHODS, newFile } from './methods.ts';

/** A Slack Web API for rehearsals and tests: keeps what it is sent, answers as Slack does, misbehaves by the knobs. */
export function slackFake(app: FastifyInstance, world: World): void {
  const { workspace } = world;
  app.register(async (room) => {
    room.removeAllContentTypeParsers();
    room.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 64 * 1024 * 1024 }, (_request, body, done) =>
      done(null, body),
    );
    room.post('/slack/api/:method', (request, reply) => call(world, request, reply));
    room.get('/slack/api/:method', (request, reply) => call(world, request, reply));
    room.post('/slack/response/:id', (request) => {
      const id = paramOf(request, 'id');
      workspace.responses.set(id, [...(workspace.responses.get(id) ?? []), argsOf(request)]);
      return 'ok';
    });
    room.get('/slack/response/:id', (request) => ({ messages: workspace.responses.get(paramOf(request, 'id')) ?? [] }));
    room.post('/slack/upload/:id', (request, reply) => {
      const file = workspace.files.get(paramOf(request, 'id'));
      if (!file) return reply.code(404).send('There is no such upload.');
      file.content = bodyOf(request);
      return `OK - ${file.content.length}`;
    });
    room.post('/slack/_files', (request) => {
      const file = newFile(workspace, queryOf(request, 'name'), queryOf(request, 'user'), bodyOf(request));
      return fileOf(file, originOf(request));
    });
    room.get('/slack/files/:id', (request, reply) => {
      const file = workspace.files.get(paramOf(request, 'id'));
      if (!file || !tokenOf(request)) return reply.code(file ? 403 : 404).send('You cannot have this file.');
      return reply.type('application/octet-stream').send(file.content);
    });
    room.get('/slack/_state', () => ({
      channels: Object.fromEntries([...workspace.channels].map(([id, channel]) => [id, channel.messages])),
      views: workspace.views,
      homes: Object.fromEntries(workspace.homes),
      responses: Object.fromEntries(workspace.responses),
      users: [...workspace.users.values()],
      files: [...workspace.files.values()].map((one) => ({ ...one, content: one.content.length })),
    }));
    room.post('/slack/_users', (request, reply) => {
      const { id, name, email, guest } = argsOf(request);
      if (typeof id !== 'string' || typeof name !== 'string' || typeof email !== 'string')
        return reply.code(400).send({ error: 'Send {"id", "name", "email", "guest"}.' });
      workspace.users.set(id, { id, name, email: email.toLowerCase(), guest: guest === true });
      return { users: workspace.users.size };
    });
  });
}

async function call(world: World, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { delayMs, rateLimited, retryAfterSeconds, lostAnswers } = world.knobs.read().slack;
  world.counters.count('slack.calls');
  if (delayMs > 0) await wait(delayMs);
  const scripted = world.knobs.nextOf('slack');
  const chance = world.knobs.chance('slack');
  if (scripted === '429' || (scripted === undefined && chance.happens(rateLimited))) {
    world.counters.count('slack.rateLimited');
    return reply.code(429).header('retry-after', String(retryAfterSeconds)).send({ ok: false, error: 'ratelimited' });
  }
  if (scripted !== undefined && /^5\d\d$/.test(scripted)) return reply.code(Number(scripted)).send('');
  const method = METHODS[paramOf(request, 'method')];
  if (!method) return { ok: false, error: 'unknown_method' };
  const args = argsOf(request);
  if (!tokenOf(request) && typeof args.token !== 'string') return { ok: false, error: 'not_authed' };
  const answer = method(world.workspace, args, originOf(request));
  if (scripted === 'lost' || (scripted === undefined && chance.happens(lostAnswers))) {
    world.counters.count('slack.lostAnswers');
    return hangUp(request, reply);
  }
  return answer;
}

/** The arguments, from JSON, a form or the address; in a form, objects and lists come as JSON texts. */
function argsOf(request: FastifyRequest): Args {
  const body = bodyOf(request).toString('utf8');
  if (String(request.headers['content-type'] ?? '').startsWith('application/json')) {
    const parsed = jsonOf(body);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Args) : {};
  }
  const pairs = [...new URLSearchParams(body), ...Object.entries(request.query as Record<string, string>)];
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, /^[[{]/.test(value) ? (jsonOf(value) ?? value) : value]),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function tokenOf(request: FastifyRequest): string {
  return /^Bearer (xox\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function originOf(request: FastifyRequest): string {
  return `http://${request.headers.host ?? ''}`;
}
