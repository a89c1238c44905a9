import type { FastifyInstance, FastifyReply } from 'fastify';
import { BOOKING_FAILURES, type BookingFailure } from '../bookings.ts';
import type { World } from '../rooms.ts';
import { field, formOf, paramOf, queryOf } from '../web/forms.ts';
import { facts, page } from './guard.ts';
import type { ErsRole, ErsSession } from './session.ts';

/** Booking as a referrer: search a service's slots, book one for a test patient, cancel it again. */
export function bookingPages(app: FastifyInstance, world: World): void {
  app.get(
    '/ers/book',
    page(world, REFERRER, ({ session, request, reply }) => show(world, session, reply, queryOf(request, 'service'))),
  );
  app.post(
    '/ers/book',
    page(world, REFERRER, ({ session, request, reply }) => {
      const form = formOf(request);
      const service = world.estate.service(field(form, 'service'));
      if (!service) return show(world, session, reply, field(form, 'service'));
      const patient = TEST_PATIENTS.find((one) => one === field(form, 'patient')) ?? TEST_PATIENTS[0];
      const outcome = world.bookings.book(service, field(form, 'slot'), patient);
      if (typeof outcome === 'string') return show(world, session, reply, service.serviceId, outcome);
      return reply.redirect(`/ers/bookings?made=${outcome.ref}`, 303);
    }),
  );
  app.get(
    '/ers/bookings',
    page(world, REFERRER, ({ session, request, reply }) => list(world, session, reply, queryOf(request, 'made'))),
  );
  app.post(
    '/ers/bookings/:ref/cancel',
    page(world, REFERRER, ({ session, request, reply }) => {
      const outcome = world.bookings.cancel(paramOf(request, 'ref'));
      return list(world, session, reply, '', typeof outcome === 'string' ? outcome : undefined);
    }),
  );
}

function show(
  world: World,
  session: ErsSession,
  reply: FastifyReply,
  search: string,
  failure?: BookingFailure,
): FastifyReply {
  const service = world.estate.service(search);
  const found = service ? [] : search === '' ? [] : byWords(world, search);
  const facing = {
    ...facts(session),
    tab: 'book',
    search,
    service,
    found,
    slots: service ? world.bookings.offered(service).slice(0, 12) : [],
    patients: TEST_PATIENTS,
    failure,
    failureWords: failure === undefined ? undefined : BOOKING_FAILURES[failure],
  };
  return world.pages.show(reply, 'book.njk', facing, failure === undefined ? 200 : 409);
}

function list(
  world: World,
  session: ErsSession,
  reply: FastifyReply,
  made: string,
  failure?: BookingFailure,
): FastifyReply {
  const bookings = world.bookings.all().toReversed();
  const failureWords = failure === undefined ? undefined : BOOKING_FAILURES[failure];
  const shown = { ...facts(session), tab: 'bookings', bookings, made, failure, failureWords };
  return world.pages.show(reply, 'bookings.njk', shown, failure === undefined ? 200 : 409);
}

/** What a referrer finds: published, directly bookable services. */
function byWords(world: World, search: string) {
  const words = search.toLowerCase().split(/\s+/);
  return world.estate
    .services()
    .filter((one) => one.published && one.directlyBookable)
    .filter((one) =>
      words.every((word) => `${one.serviceId} ${one.name} ${one.specialty}`.toLowerCase().includes(word)),
    )
    .slice(0, 25);
}

const REFERRER: readonly ErsRole[] = ['referrer'];
const TEST_PATIENTS = ['Test patient 1', 'Test patient 2', 'Test patient 3'] as const;
