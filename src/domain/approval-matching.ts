import type { Role } from './role.ts';

/** k of n per role: "2 approvers and 1 clinical safety officer". */
export type Policy = readonly { readonly role: Role; readonly count: number }[];

/** Somebody who could fill one place of the policy, by any of these roles. */
export interface Candidate {
  readonly personId: number;
  readonly roles: readonly Role[];
}

export interface Matching {
  /** One entry a place of the policy, in its order: who fills it, or null. */
  readonly places: readonly { readonly role: Role; readonly personId: number | null }[];
  readonly complete: boolean;
  readonly missing: readonly { readonly role: Role; readonly count: number }[];
}

/**
 * Fills as many places as can be filled, each person at most one (rule 9): a maximum matching by augmenting paths, so
 * that somebody with two roles gives way to somebody with one and overlapping roles never deadlock. Deterministic.
 */
export function matchPolicy(policy: Policy, candidates: readonly Candidate[]): Matching {
  const roles = policy.flatMap(({ role, count }) => Array.from({ length: count }, () => role));
  const placeOf = new Map<number, number>();
  const seat = (place: number, tried: Set<number>): boolean => {
    for (const candidate of candidates) {
      const role = roles[place];
      if (role === undefined || !candidate.roles.includes(role) || tried.has(candidate.personId)) continue;
      tried.add(candidate.personId);
      const other = placeOf.get(candidate.personId);
      if (other === undefined || seat(other, tried)) {
        placeOf.set(candidate.personId, place);
        return true;
      }
    }
    return false;
  };
  for (let place = 0; place < roles.length; place++) seat(place, new Set());
  const personAt = new Map([...placeOf].map(([personId, place]) => [place, personId]));
  const places = roles.map((role, place) => ({ role, personId: personAt.get(place) ?? null }));
  const missing = policy
    .map(({ role }) => ({
      role,
      count: places.filter((entry) => entry.role === role && entry.personId === null).length,
    }))
    .filter(({ count }) => count > 0);
  return { places, complete: missing.length === 0, missing };
}
