import type { FastifyInstance } from 'fastify';
import type { EstateSeed } from '../estate.ts';
import type { Knobs, Room } from '../knobs.ts';
import type { World } from '../rooms.ts';
import { lastPoll } from '../slots.ts';
import { paramOf, queryOf } from '../web/forms.ts';
import { readKnobs, readSeed } from './read-world.ts';

/** The rehearsal's own doors: the witness's counters, the clock, the knobs, fresh services, everything back to the start. */
export function worldApi(app: FastifyInstance, world: World): void {
  app.get('/_world/counters', () => ({ ...world.counters.view(), mail: world.mailbox.summary(), polls: polls(world) }));
  clockDoors(app, world);
  app.get('/_world/knobs', () => world.knobs.read());
  app.post('/_world/knobs', (request, reply) => {
    const change = readKnobs(request.body);
    if (typeof change === 'string') return reply.code(400).send({ error: change });
    return world.knobs.turn(change as { readonly [R in Room]?: Partial<Knobs[R]> });
  });
  app.post('/_world/reset', () => {
    world.reset();
    return { reset: true };
  });
  app.post('/_world/seed', { bodyLimit: 64 * 1024 * 1024 }, (request, reply) => {
    const seed: EstateSeed | string = readSeed(request.body, world.estate);
    if (typeof seed === 'string') return reply.code(400).send({ error: seed });
    world.estate.seed(seed);
    return { services: seed.services.length };
  });
  app.get('/_world/services', (request) => {
    const asid = queryOf(request, 'asid');
    return world.estate.services().filter((one) => asid === '' || one.asid === asid);
  });
  app.get('/_world/services/:id', (request, reply) => {
    const service = world.estate.service(paramOf(request, 'id'));
    if (!service) return reply.code(404).send({ error: 'There is no such service.' });
    return { ...service, slots: world.bookings.offered(service), lastPoll: lastPoll(service, world.clock.now()) };
  });
}

function clockDoors(app: FastifyInstance, world: World): void {
  const { clock } = world;
  const read = () => ({ offset: clock.offset(), now: clock.now().toString() });
  app.get('/_world/clock', async (request) => {
    const after = queryOf(request, 'after');
    if (after !== '') await clock.changed(Number(after), LONG_POLL_MS);
    return read();
  });
  app.post('/_world/clock', (request, reply) => {
    const { to, advance } = (request.body ?? {}) as { to?: unknown; advance?: unknown };
    if (typeof advance === 'number') {
      if (clock.advance(advance)) return read();
    } else {
      const instant = instantOf(to);
      if (!instant)
        return reply.code(400).send({ error: 'Send {"to": "2026-12-08T20:05:00Z"} or {"advance": seconds}.' });
      if (clock.moveTo(instant)) return read();
    }
    return reply.code(409).send({ error: 'The rehearsal clock goes forwards only.', ...read() });
  });
}

/** Services whose slots have come back since their change, by a person or by the night. */
function polls(world: World): { readonly changed: number; readonly withSlots: number } {
  const changed = world.estate.services().filter((one) => one.changedAt !== null);
  return {
    changed: changed.length,
    withSlots: changed.filter((one) => lastPoll(one, world.clock.now()) !== null).length,
  };
}

function instantOf(text: unknown): Temporal.Instant | null {
  try {
    return typeof text === 'string' ? Temporal.Instant.from(text) : null;
  } catch {
    return null;
  }
}

const LONG_POLL_MS = 25_000;
