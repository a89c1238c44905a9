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
 * organisation changes for all or for none, and sites stay together where they fit. `whole`: the places ("organisation/site")
 * that are one tick each; they are never taken apart, however many services they hold.
 */
export function groupNumbers(
  services: readonly Groupable[],
  whole: ReadonlySet<string> = new Set(),
  limit = GROUP_LIMIT,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  let group = 0;
  for (const alike of Map.groupBy(services, screenKey).values()) {
    let room = 0;
    for (const [place, here] of Map.groupBy(alike, placeOf)) {
      const most = whole.has(place) ? here.length : limit;
      for (let at = 0; at < here.length; at += most) {
        const part = here.slice(at, at + most);
        if (part.length > room) {
          group += 1;
          room = Math.max(limit, part.length);
        }
        room -= part.length;
        for (const service of part) numbers.set(service.serviceId, group);
      }
    }
  }
  return numbers;
}

function placeOf({ from, site }: Groupable): string {
  return `${from.organisation}/${site}`;
}

function screenKey({ from, to }: Groupable): string {
  return `${to.organisation} ${to.asid} ${from.organisation === to.organisation ? 'stays' : from.organisation}`;
}
