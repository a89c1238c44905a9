import type { FastifyInstance } from 'fastify';
import type { ErsService } from '../estate.ts';
import type { World } from '../rooms.ts';
import type { Slot } from '../slots.ts';
import { field, formOf, queryOf } from '../web/forms.ts';

/** A simple PAS for each provider system: the appointments it knows, and Remove Slot. */
export function pasPages(app: FastifyInstance, world: World): void {
  app.get('/pas', (request, reply) => {
    const asid = queryOf(request, 'system') || usualSystem(world);
    const search = queryOf(request, 'service');
    const service = world.estate.service(search);
    const off = world.knobs.read().ers.pasOff.includes(asid);
    return world.pages.show(reply, 'pas.njk', {
      area: 'pas',
      system: world.estate.system(asid),
      systems: world.estate.systems(),
      off,
      appointments: world.bookings.all().filter((one) => one.asid === asid),
      search,
      service,
      linkedHere: service?.asid === asid,
      slots: service?.asid === asid ? free(world, service).slice(0, 12) : [],
      removed: world.bookings.removed(asid).toReversed(),
      done: queryOf(request, 'removed'),
    });
  });
  app.post('/pas/remove-slot', (request, reply) => {
    const form = formOf(request);
    const asid = field(form, 'system');
    const slot = field(form, 'slot');
    const done = world.bookings.removeSlot(asid, slot);
    const back = new URLSearchParams({ system: asid, service: field(form, 'service'), removed: done ? slot : 'no' });
    return reply.redirect(`/pas?${back}`, 303);
  });
}

/** What this PAS has free: without the slots that it removed, even where e-RS was not told. */
function free(world: World, service: ErsService): readonly Slot[] {
  const removed = new Set(world.bookings.removed(service.asid).map(({ slotId }) => slotId));
  return world.bookings.offered(service).filter(({ id }) => !removed.has(id));
}

/** The system that most services are linked to: the old one before the run, the new one after it. */
function usualSystem(world: World): string {
  const bySystem = Map.groupBy(world.estate.services(), (service) => service.asid);
  const [most] = [...bySystem].sort(([, one], [, other]) => other.length - one.length);
  return most?.[0] ?? '';
}
