import { type FindingOwners, ofDifference, ownerWords } from './finding.ts';
import type { Migration } from './migration.ts';
import type { Plan, PlannedService } from './plan.ts';
import {
  DIFFERENCE_WORDS,
  type Difference,
  type ExtractComparison,
  expected,
  isAt,
  type KeptDifference,
  type Reading,
  toRead,
} from './reconcile.ts';
import type { Service } from './service.ts';

const SHOWN = 15;

export interface ReconcileAnswers {
  readonly 'reconcile.shown': ReconcileFacts;
}

export interface ReconcileFacts {
  readonly zone: string;
  readonly plan: number;
  /** Only this site is shown; null: all. */
  readonly site: string | null;
  readonly notice: string | null;
  /** What is read on the screen the same night; at most fifteen. */
  readonly readings: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly site: string;
    readonly planned: string;
    readonly read: Reading | null;
  }[];
  /** Of all that are to be read: how many are, and how many there are. */
  readonly read: number;
  readonly toRead: number;
  /** At most fifteen. */
  readonly open: readonly (KeptDifference & { readonly words: string; readonly owner: string })[];
  readonly openCount: number;
  readonly settled: number;
  /** The newest comparison with an extract of after the run, over all sites; null: not compared yet. */
  readonly compared: ExtractComparison | null;
}

/** All that is known about a plan's reconciliation. */
export interface Reconciliation {
  readonly migration: Migration;
  readonly plan: Plan;
  readonly services: readonly PlannedService[];
  readonly readings: readonly Reading[];
  readonly differences: readonly KeptDifference[];
  readonly comparisons: readonly ExtractComparison[];
  readonly owners: FindingOwners;
}

/** The reconciliation of the plan, or of one site of it. */
export function reconcileFacts(known: Reconciliation, notice: string | null, site: string | null): ReconcileFacts {
  const { migration, plan, owners } = known;
  const here = (one: { readonly site: string }) => site === null || one.site === site;
  const differences = known.differences.filter(here);
  const readings = new Map(known.readings.map((one) => [one.serviceId, one]));
  const services = toRead(expected(plan.state, known.services), plan.verification).filter(here);
  const open = differences.filter(({ settled }) => settled === null);
  return {
    zone: migration.zone,
    plan: plan.number,
    site,
    notice,
    readings: services.slice(0, SHOWN).map(({ serviceId, name, site, to }) => ({
      serviceId,
      name,
      site,
      planned: to.asid,
      read: readings.get(serviceId) ?? null,
    })),
    read: services.filter(({ serviceId }) => readings.has(serviceId)).length,
    toRead: services.length,
    open: open
      .slice(0, SHOWN)
      .map((one) => ({ ...one, words: DIFFERENCE_WORDS[one.kind], owner: ownerOf(one, owners) })),
    openCount: open.length,
    settled: differences.length - open.length,
    compared: known.comparisons.at(-1) ?? null,
  };
}

/** Lines of the file for services that differ nowhere: seen as planned, or not looked at yet. */
export function asPlannedRows(
  services: readonly PlannedService[],
  readings: ReadonlyMap<string, Reading>,
  fresh: { readonly number: number; readonly found: readonly Service[] } | null,
): readonly (readonly (string | null)[])[] {
  const found = new Map(fresh?.found.map((service) => [service.serviceId, service]));
  return services.map(({ serviceId, name, site, to }) => {
    const there = found.get(serviceId);
    const compared = there !== undefined && isAt(there, to);
    const sources = [
      ...(readings.get(serviceId)?.asid === to.asid ? ['screen'] : []),
      ...(compared ? [`snapshot ${fresh?.number}`] : []),
    ];
    const what = sources.length > 0 ? 'as planned' : 'not looked at yet';
    return [serviceId, name, site, what, `${to.organisation} ${to.asid} planned`, sources.join(', '), null, null];
  });
}

/** Who puts a difference right, in words. */
export function ownerOf(difference: Pick<Difference, 'serviceId' | 'kind'>, owners: FindingOwners): string {
  const { serviceId, role } = ofDifference(difference);
  return ownerWords(role, owners.get(serviceId));
}
