import type { FastifyInstance } from 'fastify';
import type { World } from '../rooms.ts';
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
      slots: service?.asid === asid ? world.bookings.offered(service).slice(0, 12) : [],
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

/** The system that most services are linked to: the old one before the run, the new one after it. */
function usualSystem(world: World): string {
  const bySystem = Map.groupBy(world.estate.services(), (service) => service.asid);
  const [most] = [...bySystem].sort(([, one], [, other]) => other.length - one.length);
  return most?.[0] ?? '';
}
