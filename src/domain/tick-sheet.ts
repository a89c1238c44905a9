import type { Link, Service } from './service.ts';

/** What to tick on the screen, grouped and counted as the screen is: organisation, site, service (rule 6). */
export interface TickSheet {
  readonly organisations: readonly TickOrganisation[];
  readonly services: number;
  readonly ticks: number;
}

export interface TickOrganisation {
  readonly organisation: string;
  readonly services: number;
  readonly ticks: number;
  readonly sites: readonly TickSite[];
}

export interface TickSite {
  readonly site: string;
  /** One tick for the site; its services are ticked by it and need no tick of their own. */
  readonly whole: boolean;
  readonly ticks: number;
  readonly services: readonly { readonly serviceId: string; readonly name: string }[];
}

/** What of a service the screen's list shows. */
export interface Tickable {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly from: Link;
}

/** The places that are one tick each, by "organisation/site". */
export function wholePlaces(sheet: TickSheet): ReadonlySet<string> {
  return new Set(
    sheet.organisations.flatMap(({ organisation, sites }) =>
      sites.filter(({ whole }) => whole).map(({ site }) => `${organisation}/${site}`),
    ),
  );
}

/** Hours for which a person's comparison of a site's list with the live screen holds. */
export const COMPARISON_HOURS = 24;

/**
 * The sheet with the fewest ticks that is allowed. A whole site is one tick only where every directly bookable service
 * under it in the snapshot is in the plan, and a person compared its list with the live screen in the last 24 hours:
 * `compared` gives the ISO instant by "organisation/site". A whole organisation never. A single service is its own tick.
 */
export function tickSheet(
  planned: readonly Tickable[],
  snapshot: readonly Service[] = [],
  compared: ReadonlyMap<string, string> = new Map(),
  now?: Temporal.Instant,
): TickSheet {
  const ids = new Set(planned.map((service) => service.serviceId));
  const onScreen = Map.groupBy(
    snapshot.filter((service) => service.directlyBookable),
    (service) => `${service.providerOrg}/${service.locationOrg}`,
  );
  const mayBeWhole = (key: string): boolean => {
    const there = onScreen.get(key) ?? [];
    return there.length > 1 && there.every((service) => ids.has(service.serviceId)) && isFresh(compared.get(key), now);
  };
  const organisations = grouped(planned, (service) => service.from.organisation).map(([organisation, here]) => {
    const sites = grouped(here, (service) => service.site).map(([site, list]): TickSite => {
      const whole = mayBeWhole(`${organisation}/${site}`);
      const services = list
        .map(({ serviceId, name }) => ({ serviceId, name }))
        .sort((a, b) => (a.serviceId < b.serviceId ? -1 : 1));
      return { site, whole, ticks: whole ? 1 : services.length, services };
    });
    return { organisation, services: here.length, ticks: sum(sites.map((site) => site.ticks)), sites };
  });
  return { organisations, services: planned.length, ticks: sum(organisations.map((entry) => entry.ticks)) };
}

function isFresh(comparedAt: string | undefined, now: Temporal.Instant | undefined): boolean {
  if (comparedAt === undefined || now === undefined) return false;
  const hours = Temporal.Instant.from(comparedAt).until(now).total('hours');
  return hours >= 0 && hours <= COMPARISON_HOURS;
}

function grouped<T>(list: readonly T[], key: (item: T) => string): [string, T[]][] {
  return [...Map.groupBy(list, key)].sort(([a], [b]) => (a < b ? -1 : 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
