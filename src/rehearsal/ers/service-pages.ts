import type { FastifyInstance, FastifyReply } from 'fastify';
import { contactGaps, type ErsService } from '../estate.ts';
import { lockedReason, refusalOf, relink } from '../relink.ts';
import type { World } from '../rooms.ts';
import { lastPoll } from '../slots.ts';
import { field, formOf, paramOf, queryOf } from '../web/forms.ts';
import { ANY_ROLE, DEFINER, facts, page } from './guard.ts';
import type { ErsSession } from './session.ts';

/** The services list, and one service's page: its provider system by hand, its contact details, its manual slot poll. */
export function servicePages(app: FastifyInstance, world: World): void {
  app.get(
    '/ers/services',
    page(world, ANY_ROLE, ({ session, request, reply }) => {
      const search = queryOf(request, 'search');
      const asid = queryOf(request, 'asid');
      const found = world.estate.services().filter((one) => matches(one, search, asid));
      const list = { services: found.slice(0, LIST_LIMIT), found: found.length, limit: LIST_LIMIT, search, asid };
      const cleared = queryOf(request, 'cleared') === 'yes';
      const systems = world.estate.systems();
      return world.pages.show(reply, 'services.njk', { ...facts(session), tab: 'services', ...list, cleared, systems });
    }),
  );
  app.get(
    '/ers/services/:id',
    page(world, ANY_ROLE, ({ session, request, reply }) =>
      show(world, session, reply, paramOf(request, 'id'), { done: queryOf(request, 'done') }),
    ),
  );
  app.post(
    '/ers/services/:id/provider-system',
    page(world, DEFINER, ({ session, request, reply }) => {
      const service = world.estate.service(paramOf(request, 'id'));
      const system = world.estate.system(field(formOf(request), 'asid'));
      if (!service) return show(world, session, reply, paramOf(request, 'id'));
      if (!system) return show(world, session, reply, service.serviceId, { problem: 'Choose a provider system' });
      const problem = refusalOf(world.estate, service, system) ?? lockedReason(world.knobs, service.serviceId);
      if (problem !== null)
        return show(world, session, reply, service.serviceId, { problem: `Not changed: ${problem}` });
      relink(world, service, system, world.clock.now(), 'by-hand');
      world.counters.count('byHand.updates');
      return back(reply, service, 'provider-system');
    }),
  );
  app.post(
    '/ers/services/:id/slot-poll',
    page(world, DEFINER, ({ session, request, reply }) => {
      const service = world.estate.service(paramOf(request, 'id'));
      if (!service) return show(world, session, reply, paramOf(request, 'id'));
      if (world.knobs.read().ers.pasOff.includes(service.asid))
        return show(world, session, reply, service.serviceId, { problem: 'No slots: the PAS did not answer' });
      world.estate.save({ ...service, polledAt: world.clock.now() });
      world.counters.count('polls.manual');
      return back(reply, service, 'slot-poll');
    }),
  );
  app.post(
    '/ers/services/:id/contact',
    page(world, DEFINER, ({ session, request, reply }) => {
      const service = world.estate.service(paramOf(request, 'id'));
      if (!service) return show(world, session, reply, paramOf(request, 'id'));
      const form = formOf(request);
      world.estate.save({
        ...service,
        contactPhone: field(form, 'phone') || null,
        hoursOfOperation: field(form, 'hours') || null,
      });
      return back(reply, service, 'contact');
    }),
  );
}

function show(
  world: World,
  session: ErsSession,
  reply: FastifyReply,
  serviceId: string,
  more: { readonly problem?: string; readonly done?: string } = {},
): FastifyReply {
  const service = world.estate.service(serviceId);
  if (!service) return world.pages.show(reply, 'no-service.njk', { ...facts(session), serviceId }, 404);
  const shown = {
    ...facts(session),
    tab: 'services',
    service,
    organisation: world.estate.organisation(service.organisation),
    site: world.estate.site(service.site),
    system: world.estate.system(service.asid),
    systems: world.estate.systems(),
    gaps: contactGaps(service),
    polled: lastPoll(service, world.clock.now()),
    slots: world.bookings.offered(service).slice(0, 9),
    ...more,
  };
  return world.pages.show(reply, 'service.njk', shown, more.problem === undefined ? 200 : 422);
}

function back(reply: FastifyReply, service: ErsService, done: string): FastifyReply {
  return reply.redirect(`/ers/services/${encodeURIComponent(service.serviceId)}?done=${done}`, 303);
}

function matches(service: ErsService, search: string, asid: string): boolean {
  if (asid !== '' && service.asid !== asid) return false;
  const words = `${service.serviceId} ${service.name} ${service.specialty} ${service.site}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

const LIST_LIMIT = 100;
