import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../rooms.ts';
import { paramOf } from '../web/forms.ts';
import { hangUp } from '../web/hang-up.ts';
import { applyBatch, type BatchMemory, conflicts, MAXIMUM_BATCH, readBatch } from './batch.ts';
import { isSigned } from './signature.ts';

/** An organisation's own automation of e-RS, over signed HTTP: the contract that Changeover's HTTP executor speaks. */
export function automation(app: FastifyInstance, world: World, secret: string): void {
  const memory: BatchMemory = { applied: new Map() };
  world.onReset(() => memory.applied.clear());
  app.register(async (room) => {
    room.removeAllContentTypeParsers();
    room.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 4 * 1024 * 1024 }, (_request, body, done) =>
      done(null, body),
    );
    room.addHook('preHandler', async (request, reply) => {
      world.counters.count('automation.requests');
      if (!signed(request, secret)) {
        world.counters.count('automation.unsigned');
        return reply.code(401).send({ error: 'The signature is missing, wrong, or more than five minutes old.' });
      }
    });
    room.get('/automation', async (_request, reply) => {
      if (await spoiled(world, reply)) return reply;
      return { maximumSeconds: world.knobs.read().automation.maximumSeconds, maximumBatch: MAXIMUM_BATCH };
    });
    room.get('/automation/services/:serviceId', async (request, reply) => {
      world.counters.count('automation.readBacks');
      if (await spoiled(world, reply)) return reply;
      const service = world.estate.service(paramOf(request, 'serviceId'));
      if (!service) return reply.code(404).send({ error: 'e-RS has no such service.' });
      const { serviceId, organisation, asid, lastKey } = service;
      return { serviceId, organisation, asid, lastKey };
    });
    room.post('/automation/batches', async (request, reply) => {
      world.counters.count('automation.batches');
      const fate = await spoiled(world, reply, world.knobs.nextOf('automation'));
      if (fate === true) return reply;
      const items = readBatch(String(request.body));
      if (!items) return reply.code(400).send({ error: `Send 1 to ${MAXIMUM_BATCH} items.` });
      const clashing = conflicts(memory, items);
      if (clashing.length > 0) {
        world.counters.count('automation.conflicts');
        return reply.code(409).send({ error: 'A key came before with another body.', keys: clashing });
      }
      const results = applyBatch(world, memory, items, world.clock.now());
      if (fate === 'lost') {
        world.counters.count('automation.lostAnswers');
        return hangUp(request, reply);
      }
      return { results };
    });
  });
}

/** Slowness, an outage, errors by rate or by script. True: it has been answered; "lost": do it, but never answer. */
async function spoiled(world: World, reply: FastifyReply, scripted?: string): Promise<boolean | 'lost'> {
  const { delayMs, outage, errors, retryAfterSeconds, lostAnswers } = world.knobs.read().automation;
  if (delayMs > 0) await wait(delayMs);
  const chance = world.knobs.chance('automation');
  const byRate = scripted === undefined ? errors.find((one) => chance.happens(one.rate))?.status : undefined;
  const status = outage || world.knobs.read().ers.outage ? 503 : (statusOf(scripted) ?? byRate);
  if (status !== undefined) {
    world.counters.count('automation.errors');
    if (status === 429) reply.header('retry-after', String(retryAfterSeconds));
    reply.code(status).send({ error: `The rehearsal was asked to answer ${status}.` });
    return true;
  }
  // Only what changes something can be done without an answer; a question is simply asked again.
  if (reply.request.method === 'GET') return false;
  return scripted === 'lost' || (scripted === undefined && chance.happens(lostAnswers)) ? 'lost' : false;
}

function statusOf(scripted: string | undefined): number | undefined {
  return scripted !== undefined && /^[45]\d\d$/.test(scripted) ? Number(scripted) : undefined;
}

function signed(request: FastifyRequest, secret: string): boolean {
  const header = (name: string): string => String(request.headers[name] ?? '');
  return isSigned(
    secret,
    {
      method: request.method,
      target: request.url,
      body: typeof request.body === 'string' ? request.body : '',
      timestamp: header('x-changeover-timestamp'),
      signature: header('x-changeover-signature'),
    },
    Math.floor(Date.now() / 1000),
  );
}
