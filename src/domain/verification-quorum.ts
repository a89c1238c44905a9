import type { PlannedService } from './plan.ts';
import type { PollLine } from './slot-poll.ts';
import { isSettled, type Test } from './verification.ts';

/** At least so many services, where the plan has so many (rule 25). */
const AT_LEAST = 3;

/** What stands between a plan and "completed". No fault: it may be completed. */
export interface QuorumVerdict {
  readonly ok: boolean;
  /** How many services have all three scenarios settled, and how many that must be at least. */
  readonly servicesDone: number;
  readonly servicesNeeded: number;
  readonly sitesDone: number;
  readonly sites: number;
  /** In words, the most important first. */
  readonly faults: readonly string[];
}

/**
 * The default quorum (rule 25): one service per site, at least three, all scenarios; each failure retested or accepted by
 * the safety officer; and every listed poll seen.
 */
export function quorum(
  services: readonly PlannedService[],
  tests: readonly Test[],
  polls: readonly PollLine[],
): QuorumVerdict {
  const siteOf = new Map(services.map((service) => [service.serviceId, service.site]));
  const ids = [...new Set(tests.map((test) => test.serviceId))];
  const done = ids.filter((id) => tests.filter((test) => test.serviceId === id).every(isSettled));
  const sites = [...new Set(services.map((service) => service.site))].sort();
  const missingSites = sites.filter((site) => !done.some((id) => siteOf.get(id) === site));
  const servicesNeeded = Math.min(AT_LEAST, services.length);
  const failed = tests.filter((test) => test.state === 'failed');
  const open = polls.filter((poll) => poll.seenAt === null);
  const faults = [
    ...failed.map(
      (test) =>
        `${test.serviceId} ${test.scenario} failed${test.reason ? ` (${test.reason})` : ''}: test it again, or the clinical safety officer accepts it`,
    ),
    ...(open.length > 0
      ? [
          `${open.length} of ${polls.length} manual slot polls have not been seen: ${some(open.map((poll) => poll.serviceId))}`,
        ]
      : []),
    ...(missingSites.length > 0 ? [`no service with all three scenarios at ${some(missingSites)}`] : []),
    ...(done.length < servicesNeeded
      ? [`${done.length} of at least ${servicesNeeded} services with all three scenarios`]
      : []),
  ];
  return {
    ok: faults.length === 0 && services.length > 0,
    servicesDone: done.length,
    servicesNeeded,
    sitesDone: sites.length - missingSites.length,
    sites: sites.length,
    faults,
  };
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
