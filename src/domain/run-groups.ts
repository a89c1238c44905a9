import type { Link } from './service.ts';

/** One press of Update covers at most so many services, so that a mistake stays small and a person can count. */
export const GROUP_LIMIT = 100;

export interface Groupable {
  readonly serviceId: string;
  readonly site: string;
  readonly from: Link;
  readonly to: Link;
}

/**
 * Which press of Update each service belongs to, numbered from 1 (rule 15): within one the target is the same, the
 * organisation changes for all or for none, and sites stay together where they fit.
 */
export function groupNumbers(services: readonly Groupable[], limit = GROUP_LIMIT): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  let group = 0;
  for (const alike of Map.groupBy(services, screenKey).values()) {
    let room = 0;
    for (const site of Map.groupBy(alike, (service) => service.site).values()) {
      for (let at = 0; at < site.length; at += limit) {
        const part = site.slice(at, at + limit);
        if (part.length > room) {
          group += 1;
          room = limit;
        }
        room -= part.length;
        for (const service of part) numbers.set(service.serviceId, group);
      }
    }
  }
  return numbers;
}

function screenKey({ from, to }: Groupable): string {
  return `${to.organisation} ${to.asid} ${from.organisation === to.organisation ? 'stays' : from.organisation}`;
}
