import { type Candidate, type Matching, matchPolicy, type Policy } from './approval-matching.ts';
import type { RoleHolder } from './person.ts';
import type { Plan, PlanKind } from './plan.ts';
import type { Role } from './role.ts';

/** One person's vote, bound to the hash of what their card showed. Instants are ISO texts. */
export interface Vote {
  readonly id: number;
  readonly personId: number;
  /** The hash that it counts for now: the one voted on, or after a pure removal the new one (rule 10). */
  readonly hash: string;
  /** The roles of the policy through which it counts. */
  readonly roles: readonly Role[];
  /** Of those roles, which were lent, and whose they are. */
  readonly lent: Lent;
  readonly at: string;
}

/** Role to the id of the person who lent it. */
export type Lent = Readonly<Partial<Record<Role, number>>>;

/** People who have no vote on this plan (rule 9). */
export interface Conflicts {
  readonly authorId: number;
  readonly lastEditorId: number;
  readonly runnerId: number | null;
  readonly deputyId: number | null;
}

export function conflictsOf(plan: Plan): Conflicts {
  const { authorId, lastEditorId, runnerId, deputyId } = plan;
  return { authorId, lastEditorId, runnerId, deputyId };
}

/** A practice plan needs one approver, whatever the migration's policy (rule 7). */
export function policyOf(kind: PlanKind, policy: Policy): Policy {
  return kind === 'practice' ? [{ role: 'approver', count: 1 }] : policy;
}

export type Conflict = 'author' | 'last-editor' | 'runner' | 'deputy';

export const CONFLICT_WORDS = {
  author: 'You wrote this plan, so someone else has to approve it.',
  'last-editor': 'You changed this plan last, so someone else has to approve it.',
  runner: 'You run this plan, so someone else has to approve it.',
  deputy: 'You are the deputy for this plan, so someone else has to approve it.',
} as const satisfies Record<Conflict, string>;

export function conflictOf(personId: number, conflicts: Conflicts): Conflict | null {
  if (personId === conflicts.authorId) return 'author';
  if (personId === conflicts.lastEditorId) return 'last-editor';
  if (personId === conflicts.runnerId) return 'runner';
  return personId === conflicts.deputyId ? 'deputy' : null;
}

export interface Approval {
  readonly matching: Matching;
  /** Votes that count: for this hash, not expired, by somebody who still holds the role and has no conflict. */
  readonly counted: readonly Vote[];
  /** When the first of the counted votes expires, ISO, or null. */
  readonly validUntil: string | null;
  /** People whose vote would fill a place that is still empty. */
  readonly couldVote: readonly RoleHolder[];
}

/**
 * Where the approval of a bundle stands. Roles are those held *now* (rule 9: checked again at the start), so a vote of
 * somebody who lost the role does not count.
 */
export function approvalOf(given: {
  readonly policy: Policy;
  readonly hash: string;
  readonly votes: readonly Vote[];
  readonly holders: readonly RoleHolder[];
  readonly conflicts: Conflicts;
  readonly validDays: number;
  readonly now: Temporal.Instant;
}): Approval {
  const counted = given.votes.filter(
    (vote) =>
      vote.hash === given.hash &&
      conflictOf(vote.personId, given.conflicts) === null &&
      Temporal.Instant.compare(expiryOf(vote, given.validDays), given.now) > 0,
  );
  const candidates = authorised(counted, given.holders, given.conflicts);
  const matching = matchPolicy(given.policy, candidates);
  const expiries = counted.map((vote) => expiryOf(vote, given.validDays)).sort(Temporal.Instant.compare);
  return {
    matching,
    counted,
    validUntil: expiries[0]?.toString() ?? null,
    couldVote: couldVote(
      given.policy,
      candidates,
      present(given.holders, given.conflicts, counted),
      given.conflicts,
      matching,
    ),
  };
}

/**
 * Each vote with the roles through which it counts now. A lent role counts while its owner still holds it and has no conflict,
 * and once: not beside the owner's own vote, nor beside another vote with a role of the same owner (rule 9).
 */
function authorised(votes: readonly Vote[], holders: readonly RoleHolder[], conflicts: Conflicts): Candidate[] {
  const own = rolesByPerson(holders.filter(({ lentBy }) => lentBy === null));
  const holds = (personId: number, role: Role) => own.get(personId)?.has(role) === true;
  const spoken = new Set(
    votes
      .filter(({ personId, roles, lent }) => roles.some((role) => lent[role] === undefined && holds(personId, role)))
      .map(({ personId }) => personId),
  );
  return votes.map(({ personId, roles, lent }) => {
    const valid = roles.filter((role) => {
      const owner = lent[role];
      if (owner === undefined) return holds(personId, role);
      return holds(owner, role) && conflictOf(owner, conflicts) === null && !spoken.has(owner);
    });
    for (const role of valid) if (lent[role] !== undefined) spoken.add(lent[role]);
    return { personId, roles: valid };
  });
}

/** Who is to be asked: not an owner who lent the role, nor through a role whose owner has voted or has a conflict. */
function present(holders: readonly RoleHolder[], conflicts: Conflicts, votes: readonly Vote[]): RoleHolder[] {
  const isLent = (owner: number, role: Role) => holders.some((one) => one.lentBy === owner && one.role === role);
  return holders.filter(({ person, role, lentBy }) =>
    lentBy === null
      ? !isLent(person.id, role)
      : conflictOf(lentBy, conflicts) === null && !votes.some(({ personId }) => personId === lentBy),
  );
}

/**
 * Can this plan ever be approved? The author, the last editor, the service definer and the deputy are set aside first;
 * while no deputy is named, one of the remaining service definers is reserved where that still leaves enough people. Roles
 * lent for a time add nobody: their owners are counted.
 */
export function satisfiable(policy: Policy, all: readonly RoleHolder[], conflicts: Conflicts): Matching {
  const holders = all.filter(({ lentBy }) => lentBy === null);
  const free = policyCandidates(policy, holders, conflicts);
  const whole = matchPolicy(policy, free);
  if (!whole.complete || conflicts.deputyId !== null) return whole;
  const deputies = holders
    .filter(({ role, person }) => role === 'service-definer' && person.id !== conflicts.runnerId)
    .map(({ person }) => person.id);
  if (deputies.length === 0) return whole;
  const tries = deputies.map((deputyId) =>
    matchPolicy(policy, policyCandidates(policy, holders, { ...conflicts, deputyId })),
  );
  return tries.find((matching) => matching.complete) ?? tries[0] ?? whole;
}

/** The roles of the policy, of those that a person holds. */
export function votingRoles(policy: Policy, roles: readonly Role[]): Role[] {
  return policy.map(({ role }) => role).filter((role) => roles.includes(role));
}

function policyCandidates(policy: Policy, holders: readonly RoleHolder[], conflicts: Conflicts): Candidate[] {
  return [...rolesByPerson(holders)]
    .filter(([personId]) => conflictOf(personId, conflicts) === null)
    .map(([personId, roles]) => ({ personId, roles: votingRoles(policy, [...roles]) }))
    .filter(({ roles }) => roles.length > 0);
}

function couldVote(
  policy: Policy,
  voted: readonly Candidate[],
  holders: readonly RoleHolder[],
  conflicts: Conflicts,
  matching: Matching,
): RoleHolder[] {
  const filled = (result: Matching) => result.places.filter((place) => place.personId !== null).length;
  const withVoteOf = (candidate: Candidate) => [
    ...voted.filter(({ personId }) => personId !== candidate.personId),
    candidate,
  ];
  return policyCandidates(policy, holders, conflicts)
    .filter((candidate) => filled(matchPolicy(policy, withVoteOf(candidate))) > filled(matching))
    .flatMap(({ personId, roles }) =>
      holders.filter(({ person, role }) => person.id === personId && roles.includes(role)).slice(0, 1),
    );
}

function expiryOf(vote: Vote, validDays: number): Temporal.Instant {
  return Temporal.Instant.from(vote.at).add({ hours: 24 * validDays });
}

function rolesByPerson(holders: readonly RoleHolder[]): Map<number, Set<Role>> {
  const map = new Map<number, Set<Role>>();
  for (const { person, role } of holders) map.set(person.id, (map.get(person.id) ?? new Set()).add(role));
  return map;
}
