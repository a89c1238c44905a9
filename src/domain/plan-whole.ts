import type { PlannedService } from './plan.ts';
import { holderInWords, type PlanDiff } from './plan-diff.ts';
import type { ServiceRefusal, ServiceWarning } from './plan-warning.ts';
import type { Link } from './service.ts';

/** One service on the page of a plan or of a difference. */
export interface WholeRow {
  readonly serviceId: string;
  readonly name: string;
  readonly specialty: string | null;
  /** In the plan; chosen and refused; or directly bookable at the same site and left on the old system. */
  readonly what: 'taken' | 'refused' | 'left-out';
  readonly from: Link | null;
  readonly to: Link | null;
  readonly warnings: readonly ServiceWarning[];
  readonly why: ServiceRefusal | null;
  /** "plan 2 by a planner since …", of a service that another plan holds. */
  readonly holder: string | null;
  readonly verification: boolean;
  readonly critical: boolean;
}

export interface WholeSite {
  readonly site: string;
  readonly taken: number;
  readonly refused: number;
  readonly leftOut: number;
  readonly rows: readonly WholeRow[];
}

export interface WholeOrganisation {
  readonly organisation: string;
  readonly taken: number;
  readonly sites: readonly WholeSite[];
}

/** Everything of a difference as the screen is ordered: organisation, site, service; at a site the refused come first. */
export function wholePlan(diff: PlanDiff, verification: readonly string[], zone: string): readonly WholeOrganisation[] {
  const rows = [...refusedRows(diff, zone), ...takenRows(diff, new Set(verification)), ...leftRows(diff)];
  return grouped(rows, ({ organisation }) => organisation).map(([organisation, here]) => ({
    organisation,
    taken: count(here, 'taken'),
    sites: grouped(here, ({ site }) => site).map(([site, list]) => ({
      site,
      taken: count(list, 'taken'),
      refused: count(list, 'refused'),
      leftOut: count(list, 'left-out'),
      rows: list.map(({ row }) => row),
    })),
  }));
}

interface Placed {
  readonly organisation: string;
  readonly site: string;
  readonly row: WholeRow;
}

function takenRows({ services, warned }: PlanDiff, verification: ReadonlySet<string>): Placed[] {
  const warnings = Map.groupBy(warned, ({ serviceId }) => serviceId);
  return services.map((service: PlannedService) => ({
    organisation: service.from.organisation,
    site: service.site,
    row: {
      ...UNMARKED,
      serviceId: service.serviceId,
      name: service.name,
      specialty: service.specialty,
      what: 'taken',
      from: service.from,
      to: service.to,
      warnings: (warnings.get(service.serviceId) ?? []).map(({ why }) => why),
      verification: verification.has(service.serviceId),
      critical: service.businessCritical,
    },
  }));
}

function refusedRows({ refused }: PlanDiff, zone: string): Placed[] {
  return refused.map(({ service, why, holder }) => ({
    organisation: service.providerOrg,
    site: service.locationOrg,
    row: {
      ...UNMARKED,
      serviceId: service.serviceId,
      name: service.name,
      specialty: service.specialty,
      what: 'refused',
      why,
      holder: holder && holderInWords(holder, zone),
    },
  }));
}

function leftRows({ leftOut, refused, services }: PlanDiff): Placed[] {
  const shown = new Set([...refused.map(({ service }) => service.serviceId), ...services.map((one) => one.serviceId)]);
  return leftOut
    .filter(({ serviceId }) => !shown.has(serviceId))
    .map(({ serviceId, name, specialty, providerOrg, locationOrg }) => ({
      organisation: providerOrg,
      site: locationOrg,
      row: { ...UNMARKED, serviceId, name, specialty, what: 'left-out' },
    }));
}

const UNMARKED = {
  from: null,
  to: null,
  warnings: [],
  why: null,
  holder: null,
  verification: false,
  critical: false,
} as const;

function count(list: readonly Placed[], what: WholeRow['what']): number {
  return list.filter(({ row }) => row.what === what).length;
}

function grouped<T>(list: readonly T[], key: (item: T) => string): [string, T[]][] {
  return [...Map.groupBy(list, key)].sort(([a], [b]) => (a < b ? -1 : 1));
}
