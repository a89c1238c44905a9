import type { Counters } from './counters.ts';
import { contactGaps, type ErsService, type Estate } from './estate.ts';
import type { KnobBoard } from './knobs.ts';

export interface Relink {
  readonly organisation: string;
  readonly asid: string;
}
export interface RelinkRooms {
  readonly estate: Estate;
  readonly knobs: KnobBoard;
  readonly counters: Counters;
}

/** Why e-RS would not link this service like that; null where it would. The order is that of the screen's checks. */
export function refusalOf(estate: Estate, service: ErsService, to: Relink): string | null {
  const system = estate.system(to.asid);
  if (!service.directlyBookable) return 'not directly bookable';
  const gaps = contactGaps(service);
  if (gaps.length > 0) return `patient contact details are missing: ${gaps.join(' and ')}`;
  if (!system) return `provider system ${to.asid} is not known to e-RS`;
  if (system.organisation !== to.organisation)
    return `provider system ${to.asid} belongs to ${system.organisation}, not to ${to.organisation}`;
  return null;
}

/** Takes one use of the knob "this service is refused" and gives its reason; null where it is not refused. */
export function lockedReason(knobs: KnobBoard, serviceId: string): string | null {
  const { refuse } = knobs.read().ers;
  const found = refuse.find((one) => one.serviceId === serviceId && one.times !== 0);
  if (!found) return null;
  const { times } = found;
  if (times !== null)
    knobs.turn({ ers: { refuse: refuse.map((one) => (one === found ? { ...one, times: times - 1 } : one)) } });
  return found.reason;
}

/** Links the service at once, as e-RS does: effective immediately, and no slots until the next poll. Counted here. */
export function relink(
  rooms: RelinkRooms,
  service: ErsService,
  to: Relink,
  at: Temporal.Instant,
  by: 'screen' | 'by-hand' | { readonly key: string },
): void {
  const key = typeof by === 'string' ? null : by.key;
  rooms.counters.applied({
    serviceId: service.serviceId,
    by: key ?? (by as string),
    again: service.organisation === to.organisation && service.asid === to.asid,
  });
  rooms.estate.save({
    ...service,
    organisation: to.organisation,
    asid: to.asid,
    changedAt: at,
    polledAt: null,
    lastKey: key,
  });
}
