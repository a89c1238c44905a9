import { ALL_SERVICES, type AsiAlert, PRIORITY_WORDS } from './asi.ts';
import type { Person, RoleHolder } from './person.ts';
import { DIFFERENCE_OWNERS, DIFFERENCE_WORDS, type Difference } from './reconcile.ts';
import { ROLE_WORDS, type Role } from './role.ts';

/** What was found after go-live and has an owner until it is settled (rule 26). */
export type FindingKind = 'difference' | 'alert';

/** Whoever answers for an alert until somebody takes it over. */
export const ALERT_OWNER = 'e-rs-lead' as const satisfies Role;

/** Who may take one over: whoever may use its verb. */
export const FINDING_ROLES = {
  difference: ['service-definer', 'tester', 'e-rs-lead', 'planner'],
  alert: ['e-rs-lead', 'service-definer', 'tester', 'planner', 'clinical-safety-officer'],
} as const satisfies Record<FindingKind, readonly Role[]>;

export const FINDING_VERBS = { difference: 'reconcile', alert: 'asi' } as const satisfies Record<FindingKind, string>;

/** The people who took findings over, by service. */
export type FindingOwners = ReadonlyMap<string, Pick<Person, 'id' | 'name'>>;

/** One service's open difference or alert. */
export interface Finding {
  readonly planId: number;
  /** The plan's number. */
  readonly plan: number;
  readonly kind: FindingKind;
  readonly serviceId: string;
  /** "7000003 still on the old system" */
  readonly words: string;
  /** Whose it is while nobody has taken it over. */
  readonly role: Role;
  readonly owner: Pick<Person, 'id' | 'name'> | null;
}

/** The person who took it over, else the role, in words. */
export function ownerWords(role: Role, owner: Pick<Person, 'name'> | undefined): string {
  return owner?.name ?? ROLE_WORDS[role];
}

/** A difference as one line. */
export function differenceWords({ serviceId, kind }: Pick<Difference, 'serviceId' | 'kind'>): string {
  return `${serviceId} ${DIFFERENCE_WORDS[kind]}`;
}

/** An alert as one line, against its baseline. */
export function alertWords({ serviceId, priority, count, baseline }: AsiAlert): string {
  const service = serviceId === ALL_SERVICES ? 'all services,' : serviceId;
  return `${service} ${PRIORITY_WORDS[priority]} ${count} against ${baseline}`;
}

/** Whom a message about these calls: of each its person, else all who hold its role; each once. */
export function calledFor(
  findings: readonly { readonly serviceId: string; readonly role: Role }[],
  owners: FindingOwners,
  holders: readonly RoleHolder[],
): readonly Pick<Person, 'id' | 'name'>[] {
  const people = findings.flatMap(({ serviceId, role }) => {
    const owner = owners.get(serviceId);
    return owner ? [owner] : holders.filter((one) => one.role === role).map(({ person }) => person);
  });
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** A difference's service and the role that puts it right. */
export function ofDifference({ serviceId, kind }: Pick<Difference, 'serviceId' | 'kind'>) {
  return { serviceId, role: DIFFERENCE_OWNERS[kind] };
}
