import { providerSystemOf } from './extract.ts';
import type { PlannedService } from './plan.ts';
import { type Selection, select } from './selection.ts';
import type { Link, Service } from './service.ts';

export const PLAN_DIFFERENCES = [
  'gone',
  'not-bookable',
  'linked-otherwise',
  'new',
  'only-here',
  'only-there',
  'moves-otherwise',
] as const;
export type PlanDifferenceKind = (typeof PLAN_DIFFERENCES)[number];

export interface PlanDifference {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly what: PlanDifferenceKind;
  /** "XR1 200000000220 → XR1 200000000221" where a link differs, else empty. */
  readonly detail: string;
}

/**
 * A plan against an import: planned services that are gone, can no longer be booked directly or are linked otherwise than the
 * plan's way back says, and services that its selection would take today and it does not hold. `services` must hold the
 * planned ones that the import has, and what the selection may choose.
 */
export function planAgainstImport(
  planned: readonly PlannedService[],
  services: readonly Service[],
  selection: Selection,
): PlanDifference[] {
  const now = new Map(services.map((service) => [service.serviceId, service]));
  const held = new Set(planned.map(({ serviceId }) => serviceId));
  const changed = planned.flatMap((one) => {
    const service = now.get(one.serviceId);
    if (!service) return [difference(one, 'gone')];
    if (!service.directlyBookable) return [difference(one, 'not-bookable')];
    const link = { organisation: service.providerOrg, asid: providerSystemOf(service) ?? 'unknown' };
    return same(link, one.from) ? [] : [difference(one, 'linked-otherwise', `${words(one.from)} → ${words(link)}`)];
  });
  const added = select(services, selection)
    .filter((service) => service.directlyBookable && providerSystemOf(service) !== null && !held.has(service.serviceId))
    .map((service) => difference({ ...service, site: service.locationOrg }, 'new'));
  return [...changed, ...added];
}

/** Two plans: what only one of them holds, and what they move from or to different places. */
export function planAgainstPlan(here: readonly PlannedService[], there: readonly PlannedService[]): PlanDifference[] {
  const other = new Map(there.map((service) => [service.serviceId, service]));
  const mine = new Set(here.map(({ serviceId }) => serviceId));
  return [
    ...here.flatMap((one) => {
      const twin = other.get(one.serviceId);
      if (!twin) return [difference(one, 'only-here')];
      if (same(one.from, twin.from) && same(one.to, twin.to)) return [];
      const detail = `${words(one.from)} → ${words(one.to)}; there ${words(twin.from)} → ${words(twin.to)}`;
      return [difference(one, 'moves-otherwise', detail)];
    }),
    ...there.filter(({ serviceId }) => !mine.has(serviceId)).map((one) => difference(one, 'only-there')),
  ];
}

function difference(
  { serviceId, name, site }: { serviceId: string; name: string; site: string },
  what: PlanDifferenceKind,
  detail = '',
): PlanDifference {
  return { serviceId, name, site, what, detail };
}

function same(one: Link, other: Link): boolean {
  return one.organisation === other.organisation && one.asid === other.asid;
}

function words({ organisation, asid }: Link): string {
  return `${organisation} ${asid}`;
}
