import type { Clock } from '../kernel/clock.ts';
import type { Counters } from './counters.ts';
import type { ErsService } from './estate.ts';
import type { KnobBoard, PasAct } from './knobs.ts';
import { inWorkingHours, lastPoll, type Slot, slotsOfPoll } from './slots.ts';

/** e-RS's own words for why a booking fails (the public API's specification). */
export const BOOKING_FAILURES = {
  PAS_NOT_RESPONDING: 'The PAS did not answer within 2 minutes.',
  PAS_RESPONDED_WITH_ERROR: 'The PAS answered with an error.',
  SLOT_NOT_AVAILABLE: 'The slot is no longer available.',
  SERVICE_UNAVAILABLE: 'The service is not available for booking.',
} as const;
export type BookingFailure = keyof typeof BOOKING_FAILURES;

/** A booking for a test patient. `ref` is the rehearsal's own (B-1), never shaped like a real booking reference. */
export interface Booking {
  readonly ref: string;
  readonly serviceId: string;
  readonly serviceName: string;
  /** The provider system that took the booking. */
  readonly asid: string;
  readonly slot: Slot;
  readonly patient: string;
  readonly bookedAt: Temporal.Instant;
  readonly cancelledAt: Temporal.Instant | null;
}

export interface Bookings {
  /** The slots that a referrer is offered now: none between a change of provider system and the next poll. */
  offered(service: ErsService): readonly Slot[];
  book(service: ErsService, slotId: string, patient: string): Booking | BookingFailure;
  cancel(ref: string): Booking | BookingFailure;
  /** Remove Slot in the PAS; it tells e-RS at once, if that is not its fault. False where it is not a free slot of this system. */
  removeSlot(asid: string, slotId: string): boolean;
  /** When a slot was removed in that PAS. */
  removed(asid: string): readonly { readonly slotId: string; readonly at: Temporal.Instant }[];
  all(): readonly Booking[];
  failures(): readonly { readonly reason: BookingFailure; readonly serviceId: string; readonly at: Temporal.Instant }[];
  reset(): void;
}

export function createBookings(rooms: {
  readonly clock: Clock;
  readonly knobs: KnobBoard;
  readonly counters: Counters;
}): Bookings {
  const { clock, knobs, counters } = rooms;
  const bookings = new Map<string, Booking>();
  const removed = new Map<string, { asid: string; slotId: string; at: Temporal.Instant; told: boolean }>();
  const failures: { reason: BookingFailure; serviceId: string; at: Temporal.Instant }[] = [];
  const booked = (asid: string, slotId: string): boolean =>
    [...bookings.values()].some((one) => one.asid === asid && one.slot.id === slotId && one.cancelledAt === null);
  const taken = (asid: string, slotId: string): boolean => removed.has(`${asid}/${slotId}`) || booked(asid, slotId);
  const isOffered = (asid: string, slotId: string): boolean =>
    !booked(asid, slotId) && removed.get(`${asid}/${slotId}`)?.told !== true;
  const offered = (service: ErsService): readonly Slot[] => {
    const poll = lastPoll(service, clock.now());
    if (poll === null) return [];
    return slotsOfPoll(service.serviceId, poll, clock.now()).filter((slot) => isOffered(service.asid, slot.id));
  };
  const fail = (serviceId: string, reason: BookingFailure): BookingFailure => {
    failures.push({ reason, serviceId, at: clock.now() });
    counters.count('bookings.failed');
    return reason;
  };
  const silent = (asid: string): boolean => knobs.read().ers.pasOff.includes(asid);
  const faulty = (asid: string, act: PasAct): boolean =>
    knobs.read().ers.pasFaults.some((one) => one.asid === asid && one.act === act);
  return {
    offered,
    book: (service, slotId, patient) => {
      const { serviceId, asid } = service;
      if (!service.published) return fail(serviceId, 'SERVICE_UNAVAILABLE');
      if (silent(asid) || justChangedInHours(service, clock.now())) return fail(serviceId, 'PAS_NOT_RESPONDING');
      if (lastPoll(service, clock.now()) === null || faulty(asid, 'book'))
        return fail(serviceId, 'PAS_RESPONDED_WITH_ERROR');
      const slot = offered(service).find((one) => one.id === slotId);
      if (!slot || taken(asid, slotId)) return fail(serviceId, 'SLOT_NOT_AVAILABLE');
      const ref = `B-${bookings.size + 1}`;
      const booking = { ref, serviceId, serviceName: service.name, asid, slot, patient };
      const made: Booking = { ...booking, bookedAt: clock.now(), cancelledAt: null };
      bookings.set(ref, made);
      counters.count('bookings.made');
      return made;
    },
    cancel: (ref) => {
      const booking = bookings.get(ref);
      if (!booking || booking.cancelledAt !== null) return 'SLOT_NOT_AVAILABLE';
      if (silent(booking.asid)) return fail(booking.serviceId, 'PAS_NOT_RESPONDING');
      if (faulty(booking.asid, 'cancel')) return fail(booking.serviceId, 'PAS_RESPONDED_WITH_ERROR');
      const cancelled: Booking = { ...booking, cancelledAt: clock.now() };
      bookings.set(ref, cancelled);
      counters.count('bookings.cancelled');
      return cancelled;
    },
    removeSlot: (asid, slotId) => {
      if (taken(asid, slotId)) return false;
      removed.set(`${asid}/${slotId}`, { asid, slotId, at: clock.now(), told: !faulty(asid, 'remove-slot') });
      counters.count('slots.removed');
      return true;
    },
    removed: (asid) => [...removed.values()].filter((one) => one.asid === asid),
    all: () => [...bookings.values()],
    failures: () => failures,
    reset: () => {
      bookings.clear();
      removed.clear();
      failures.length = 0;
    },
  };
}

/** Right after a change in working hours all booking attempts fail, as the guidance warns. */
function justChangedInHours(service: ErsService, now: Temporal.Instant): boolean {
  if (service.changedAt === null || !inWorkingHours(now)) return false;
  return now.epochMilliseconds - service.changedAt.epochMilliseconds < SETTLING_MINUTES * 60_000;
}

const SETTLING_MINUTES = 30;
