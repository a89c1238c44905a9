import { providerSystemOf } from './extract.ts';
import type { PlannedService, PlanState } from './plan.ts';
import type { Role } from './role.ts';
import type { Link, Service } from './service.ts';

/** What differs from the plan after go-live (rule 26). */
export const DIFFERENCES = ['still-old', 'elsewhere', 'gone', 'changed-unplanned'] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];

export const DIFFERENCE_WORDS = {
  'still-old': 'still on the old system',
  elsewhere: 'on another system than planned',
  gone: 'not in the extract any more',
  'changed-unplanned': 'changed, though it was not planned',
} as const satisfies Record<DifferenceKind, string>;

/** Who puts it right. */
export const DIFFERENCE_OWNERS = {
  'still-old': 'service-definer',
  elsewhere: 'service-definer',
  gone: 'planner',
  'changed-unplanned': 'e-rs-lead',
} as const satisfies Record<DifferenceKind, Role>;

export interface Difference {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly kind: DifferenceKind;
  /** "XR1 200000001337 planned, XR1 200000000220 found" */
  readonly detail: string;
}

/** Where the services are meant to be now: where the plan says, or, once it was taken back, where they were before. */
export function expected(state: PlanState, services: readonly PlannedService[]): readonly PlannedService[] {
  return state === 'rolled-back' ? services.map((service) => ({ ...service, to: service.from })) : services;
}

/** The services whose provider system is read on the screen the same night: the verification services, and one of each other site. */
export function toRead(
  services: readonly PlannedService[],
  verification: readonly string[],
): readonly PlannedService[] {
  const chosen = services.filter(({ serviceId }) => verification.includes(serviceId));
  const served = new Set(chosen.map(({ site }) => site));
  const rest = services.filter(({ site }) => !served.has(site) && served.add(site));
  return [...chosen, ...rest].sort((a, b) => (a.site + a.serviceId < b.site + b.serviceId ? -1 : 1));
}

/** A provider system as a person read it on the screen: null where it is as planned. */
export function readOnScreen(service: PlannedService, asid: string): Difference | null {
  if (asid === service.to.asid) return null;
  const kind = asid === service.from.asid ? 'still-old' : 'elsewhere';
  return { ...about(service), kind, detail: `${service.to.asid} planned, ${asid} read` };
}

/**
 * A fresh extract against the plan (rule 26): how many are as planned, and what is not; and the services outside the plan whose
 * link differs from the extract that the plan was made from, unless another plan (`byOthers`) moved them there.
 */
export function reconcileExtract(
  planned: readonly PlannedService[],
  before: readonly Service[],
  after: readonly Service[],
  byOthers: readonly PlannedService[] = [],
): { readonly asPlanned: number; readonly differences: readonly Difference[] } {
  const now = new Map(after.map((service) => [service.serviceId, service]));
  const mine = planned.flatMap((service): Difference[] => {
    const found = now.get(service.serviceId);
    if (!found) return [{ ...about(service), kind: 'gone', detail: `${words(service.to)} planned` }];
    const link = linkOf(found);
    if (same(link, service.to)) return [];
    const kind: DifferenceKind = same(link, service.from) ? 'still-old' : 'elsewhere';
    return [{ ...about(service), kind, detail: `${words(service.to)} planned, ${words(link)} found` }];
  });
  const held = new Set(planned.map(({ serviceId }) => serviceId));
  const meant = new Map(byOthers.map(({ serviceId, to }) => [serviceId, to]));
  const others = before.flatMap((service): Difference[] => {
    const found = now.get(service.serviceId);
    const other = meant.get(service.serviceId);
    if (found && other && same(linkOf(found), other)) return [];
    if (held.has(service.serviceId) || !found || same(linkOf(service), linkOf(found))) return [];
    return [
      {
        serviceId: found.serviceId,
        name: found.name,
        site: found.locationOrg,
        kind: 'changed-unplanned',
        detail: `${words(linkOf(service))} before, ${words(linkOf(found))} now`,
      },
    ];
  });
  return { asPlanned: planned.length - mine.length, differences: [...mine, ...others] };
}

function about({ serviceId, name, site }: PlannedService) {
  return { serviceId, name, site };
}

function linkOf(service: Service): Link {
  return { organisation: service.providerOrg, asid: providerSystemOf(service) ?? 'unknown' };
}

/** Is the service of an extract linked to this? */
export function isAt(service: Service, link: Link): boolean {
  return same(linkOf(service), link);
}

function same(one: Link, other: Link): boolean {
  return one.organisation === other.organisation && one.asid === other.asid;
}

function words({ organisation, asid }: Link): string {
  return `${organisation} ${asid}`;
}

/** That the plan was compared with an extract of after its run, and what came of it then. */
export interface ExtractComparison {
  /** The snapshot's number. */
  readonly snapshot: number;
  /** The month end that it shows, an ISO date. */
  readonly taken: string;
  readonly asPlanned: number;
  readonly differences: number;
  readonly by: string;
  readonly at: string;
}

/** What was read of a service on the screen, by whom. */
export interface Reading {
  readonly serviceId: string;
  readonly asid: string;
  readonly by: string;
  readonly at: string;
}

/** A difference as it is kept: where it was found, whose it is, and what became of it. */
export interface KeptDifference extends Difference {
  readonly source: string;
  readonly foundAt: string;
  readonly settled: { readonly by: string; readonly at: string; readonly note: string } | null;
}
