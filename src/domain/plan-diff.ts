import { inWords } from '../kernel/time-words.ts';
import { providerSystemOf } from './extract.ts';
import type { PlannedService, Target } from './plan.ts';
import { type ServiceRefusal, type ServiceWarning, WARNINGS } from './plan-warning.ts';
import { type Selection, select } from './selection.ts';
import type { Service } from './service.ts';

export interface PlanDiff {
  /** What the plan would hold, by organisation, site and id. */
  readonly services: readonly PlannedService[];
  readonly sites: readonly DiffSite[];
  readonly refused: readonly {
    readonly service: Service;
    readonly why: ServiceRefusal;
    readonly holder: Holder | null;
  }[];
  /** Directly bookable services at the same sites that stay on the old system. */
  readonly leftOut: readonly Service[];
  readonly warned: readonly { readonly serviceId: string; readonly name: string; readonly why: ServiceWarning }[];
}

export interface DiffSite {
  readonly organisation: string;
  readonly site: string;
  readonly count: number;
  readonly fromAsids: readonly string[];
  /** Directly bookable services here that the plan leaves on the old system. */
  readonly leftOut: number;
}

/** The live plan that has a service already, who made it and since when. */
export interface Holder {
  readonly planId: number;
  readonly planNumber: number;
  readonly author: string;
  readonly since: string;
}

/** "plan 2 by a planner since Tuesday 1 December 2026, 7pm". */
export function holderInWords({ planNumber, author, since }: Holder, zone: string): string {
  return `plan ${planNumber} by ${author} since ${inWords(since, zone)}`;
}

export interface DiffContext {
  readonly target: Target;
  readonly oldAsids: readonly string[];
  /** The go-live: the outage's end, or null while it is not set. */
  readonly goLive: Temporal.Instant | null;
  readonly zone: string;
  /** Services held by other live plans. */
  readonly held: ReadonlyMap<string, Holder>;
}

/** Days on either side of go-live in which a service transition is a warning. */
const TRANSITION_DAYS = 7;

/** The selection as a diff from organisation and system to organisation and system, with all that speaks against it. */
export function planDiff(services: readonly Service[], selection: Selection, context: DiffContext): PlanDiff {
  const chosen = select(services, selection);
  const refused = chosen.flatMap((service) => {
    const why = refusalOf(service, context);
    return why === null ? [] : [{ service, why, holder: context.held.get(service.serviceId) ?? null }];
  });
  const refusedIds = new Set(refused.map((entry) => entry.service.serviceId));
  const taken = chosen.filter((service) => !refusedIds.has(service.serviceId)).toSorted(byPlace);
  const takenIds = new Set(taken.map((service) => service.serviceId));
  const leftOut = leftOutSiblings(services, taken, takenIds);
  return {
    services: taken.map((service) => plannedService(service, context.target)),
    sites: diffSites(taken, leftOut),
    refused,
    leftOut,
    warned: [
      ...warnings(taken, context),
      ...leftOut.map(({ serviceId, name }) => ({ serviceId, name, why: 'sibling-left-out' as const })),
    ],
  };
}

function refusalOf(service: Service, context: DiffContext): ServiceRefusal | null {
  if (!service.directlyBookable) return 'not-directly-bookable';
  if (providerSystemOf(service) === null) return 'system-unknown';
  return context.held.has(service.serviceId) ? 'held' : null;
}

function plannedService(service: Service, target: Target): PlannedService {
  return {
    serviceId: service.serviceId,
    name: service.name,
    site: service.locationOrg,
    specialty: service.specialty,
    from: { organisation: service.providerOrg, asid: providerSystemOf(service) ?? '' },
    to: { organisation: target.organisation ?? service.providerOrg, asid: target.asid },
    published: service.published !== false,
    twoWeekWait: service.twoWeekWait === true,
    businessCritical: service.businessCritical ?? service.twoWeekWait === true,
    onSecondaryCareMenu: service.onSecondaryCareMenu === true,
    slotReservationPeriod: service.slotReservationPeriod ?? 0,
  };
}

function warnings(taken: readonly Service[], context: DiffContext): PlanDiff['warned'] {
  const usual = usualSystems(taken);
  return taken.flatMap((service) =>
    WARNINGS.filter((why) => CHECKS[why]?.(service, context, usual)).map((why) => ({
      serviceId: service.serviceId,
      name: service.name,
      why,
    })),
  );
}

type Check = (service: Service, context: DiffContext, usual: ReadonlyMap<string, string>) => boolean;

const CHECKS: Readonly<Partial<Record<ServiceWarning, Check>>> = {
  unpublished: (service) => service.published === false,
  'already-on-target': (service, { target }) =>
    providerSystemOf(service) === target.asid && service.providerOrg === (target.organisation ?? service.providerOrg),
  'other-system-than-siblings': (service, _context, usual) =>
    usual.get(service.locationOrg) !== undefined && usual.get(service.locationOrg) !== providerSystemOf(service),
  'not-an-old-system': (service, { oldAsids, target }) => {
    const asid = providerSystemOf(service);
    return asid !== null && asid !== target.asid && !oldAsids.includes(asid);
  },
  'slot-reservation': (service) => (service.slotReservationPeriod ?? 0) > 0,
  'transition-near-go-live': (service, { goLive, zone }) =>
    goLive !== null &&
    service.transitionDate !== null &&
    daysApart(service.transitionDate, goLive, zone) <= TRANSITION_DAYS,
  'ends-before-go-live': (service, { goLive, zone }) =>
    goLive !== null &&
    service.effectiveTo !== null &&
    service.effectiveTo.slice(0, 10) < goLive.toZonedDateTimeISO(zone).toPlainDate().toString(),
  'no-polling-range': (service) => (service.pollingRange ?? 0) === 0,
};

/** By site, the system that most of its taken services are on; a tie has no usual one. */
function usualSystems(taken: readonly Service[]): ReadonlyMap<string, string> {
  const usual = new Map<string, string>();
  for (const [site, here] of Map.groupBy(taken, (service) => service.locationOrg)) {
    const counts = [...Map.groupBy(here, (service) => providerSystemOf(service) ?? '')].map(
      ([asid, group]) => [asid, group.length] as const,
    );
    counts.sort(([, a], [, b]) => b - a);
    const [first, second] = counts;
    if (first && first[1] > (second?.[1] ?? 0)) usual.set(site, first[0]);
  }
  return usual;
}

function leftOutSiblings(all: readonly Service[], taken: readonly Service[], takenIds: ReadonlySet<string>): Service[] {
  const places = new Set(taken.map(place));
  return all.filter(
    (service) => service.directlyBookable && !takenIds.has(service.serviceId) && places.has(place(service)),
  );
}

function diffSites(taken: readonly Service[], leftOut: readonly Service[]): DiffSite[] {
  const left = Map.groupBy(leftOut, place);
  return [...Map.groupBy(taken, place)].map(([key, here]) => ({
    organisation: here[0]?.providerOrg ?? '',
    site: here[0]?.locationOrg ?? '',
    count: here.length,
    fromAsids: [...new Set(here.map((service) => providerSystemOf(service) ?? ''))].sort(),
    leftOut: left.get(key)?.length ?? 0,
  }));
}

function place(service: Service): string {
  return `${service.providerOrg}/${service.locationOrg}`;
}

function byPlace(a: Service, b: Service): number {
  return (
    compare(a.providerOrg, b.providerOrg) || compare(a.locationOrg, b.locationOrg) || compare(a.serviceId, b.serviceId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whole days between a date as the extract has it ("2026-12-08…" or "20261208…") and go-live; far when unreadable. */
function daysApart(written: string, goLive: Temporal.Instant, zone: string): number {
  const digits = written.replaceAll('-', '').slice(0, 8);
  if (!/^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits)) return Number.POSITIVE_INFINITY;
  const date = Temporal.PlainDate.from({
    year: Number(digits.slice(0, 4)),
    month: Number(digits.slice(4, 6)),
    day: Number(digits.slice(6, 8)),
  });
  return Math.abs(goLive.toZonedDateTimeISO(zone).toPlainDate().until(date, { largestUnit: 'day' }).days);
}
