import type { PlannedService } from './plan.ts';

/** The state of one service's manual slot poll on go-live day: who owns it, and who saw slots when. Instants are ISO texts. */
export interface SlotPoll {
  readonly serviceId: string;
  readonly ownerId: number | null;
  readonly seenBy: number | null;
  readonly seenAt: string | null;
  /** Why no slots came, where a person said so. */
  readonly problem: string | null;
  /** When it was typed in, where that was later than `seenAt` (rule 30). */
  readonly recordedAt?: string | null;
}

/** Did slots arrive at a site after the nightly poll? `at` is an ISO instant. */
export interface SiteMorning {
  readonly site: string;
  readonly arrived: boolean;
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
}

export interface PollLine extends SlotPoll {
  readonly name: string;
  readonly site: string;
  readonly businessCritical: boolean;
  readonly verification: boolean;
}

/**
 * The services that need a manual slot poll (rule 25): no slots arrive until the next night, so each verification and each
 * business-critical service is polled by hand. What is not done comes first, then by site.
 */
export function pollList(
  services: readonly PlannedService[],
  verification: readonly string[],
  polls: readonly SlotPoll[],
): readonly PollLine[] {
  const known = new Map(polls.map((poll) => [poll.serviceId, poll]));
  return services
    .filter((service) => service.businessCritical || verification.includes(service.serviceId))
    .map((service) => ({
      ...(known.get(service.serviceId) ?? untouched(service.serviceId)),
      name: service.name,
      site: service.site,
      businessCritical: service.businessCritical,
      verification: verification.includes(service.serviceId),
    }))
    .sort(
      (one, other) =>
        rank(one) - rank(other) || compare(one.site, other.site) || compare(one.serviceId, other.serviceId),
    );
}

function untouched(serviceId: string): SlotPoll {
  return { serviceId, ownerId: null, seenBy: null, seenAt: null, problem: null };
}

function rank(line: PollLine): number {
  if (line.seenAt !== null) return 2;
  return line.problem !== null ? 0 : 1;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
