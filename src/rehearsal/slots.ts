import type { ErsService } from './estate.ts';
import { ZONE } from './web/pages.ts';

/** One free appointment slot as e-RS would offer it. */
export interface Slot {
  /** "7000001-20261209-0900": the same slot has the same id at every poll. */
  readonly id: string;
  readonly starts: Temporal.Instant;
}

/** When e-RS last asked the PAS for this service's slots; null where it has not since the provider system changed. */
export function lastPoll(service: ErsService, now: Temporal.Instant): Temporal.Instant | null {
  const night = lastNight(now);
  if (service.changedAt === null) return laterOf(service.polledAt, night);
  const byNight = Temporal.Instant.compare(night, service.changedAt) > 0 ? night : null;
  return laterOf(service.polledAt, byNight);
}

/** What the PAS offered at that poll and is still to come: ten working days, three slots a day. */
export function slotsOfPoll(serviceId: string, poll: Temporal.Instant, now: Temporal.Instant): readonly Slot[] {
  const slots: Slot[] = [];
  let day = poll.toZonedDateTimeISO(ZONE).toPlainDate();
  for (let found = 0; found < 10; ) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek > 5) continue;
    found += 1;
    for (const time of TIMES) {
      const starts = day.toZonedDateTime({ timeZone: ZONE, plainTime: time }).toInstant();
      if (Temporal.Instant.compare(starts, now) > 0) slots.push({ id: slotId(serviceId, day, time), starts });
    }
  }
  return slots;
}

/** The last night's poll before this instant. When e-RS really polls is not public: the rehearsal says 2am. */
export function lastNight(now: Temporal.Instant): Temporal.Instant {
  const local = now.toZonedDateTimeISO(ZONE);
  const tonight = local.withPlainTime(NIGHT);
  return (Temporal.ZonedDateTime.compare(tonight, local) <= 0 ? tonight : tonight.subtract({ days: 1 })).toInstant();
}

/** The rehearsal's own idea of normal working hours: Monday to Friday, 8am to 6:30pm. */
export function inWorkingHours(now: Temporal.Instant): boolean {
  const local = now.toZonedDateTimeISO(ZONE);
  const minutes = local.hour * 60 + local.minute;
  return local.dayOfWeek <= 5 && minutes >= 8 * 60 && minutes < 18 * 60 + 30;
}

function slotId(serviceId: string, day: Temporal.PlainDate, time: Temporal.PlainTime): string {
  const date = day.toString().replaceAll('-', '');
  return `${serviceId}-${date}-${String(time.hour).padStart(2, '0')}${String(time.minute).padStart(2, '0')}`;
}

function laterOf(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (one === null || other === null) return one ?? other;
  return Temporal.Instant.compare(one, other) >= 0 ? one : other;
}

const NIGHT = Temporal.PlainTime.from('02:00');
const TIMES = ['09:00', '11:00', '14:30'].map((time) => Temporal.PlainTime.from(time));
