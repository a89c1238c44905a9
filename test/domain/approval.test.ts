import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalOf, conflictOf, satisfiable, type Vote } from '../../src/domain/approval.ts';
import { type Candidate, matchPolicy } from '../../src/domain/approval-matching.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/migration.ts';
import type { RoleHolder } from '../../src/domain/person.ts';
import type { Role } from '../../src/domain/role.ts';

const policy = DEFAULT_SETTINGS.policy;
const now = Temporal.Instant.from('2026-12-01T12:00:00Z');
const conflicts = { authorId: 1, lastEditorId: 1, runnerId: 2, deputyId: 3 };
const holder = (id: number, ...roles: Role[]): RoleHolder[] =>
  roles.map((role) => ({ role, person: { id, name: `Person ${id}`, email: `p${id}@example.org`, telephone: null } }));
const vote = (personId: number, more: Partial<Vote> = {}): Vote => ({
  id: personId,
  personId,
  hash: 'h',
  roles: ['approver', 'clinical-safety-officer'],
  at: '2026-12-01T10:00:00Z',
  ...more,
});
const holders = [...holder(4, 'approver'), ...holder(5, 'approver'), ...holder(6, 'clinical-safety-officer')];
const stand = (votes: readonly Vote[], people: readonly RoleHolder[] = holders) =>
  approvalOf({ policy, hash: 'h', votes, holders: people, conflicts, validDays: 14, now });

describe('9: k of n', () => {
  it('9: two approvers and a safety officer complete the policy', () => {
    expect(stand([vote(4), vote(5), vote(6)]).matching.complete).toBe(true);
  });

  it('9: what is missing is named, with who could give it', () => {
    const half = stand([vote(4)]);
    expect(half.matching.missing).toEqual([
      { role: 'approver', count: 1 },
      { role: 'clinical-safety-officer', count: 1 },
    ]);
    expect(half.couldVote.map(({ person }) => person.id)).toEqual([5, 6]);
  });

  it('9: somebody with both roles gives way, in whatever order the votes came', () => {
    const both = [
      ...holder(4, 'clinical-safety-officer', 'approver'),
      ...holder(5, 'approver'),
      ...holder(6, 'approver'),
    ];
    expect(stand([vote(4), vote(5), vote(6)], both).matching.complete).toBe(true);
    expect(stand([vote(6), vote(5), vote(4)], both).matching.complete).toBe(true);
  });

  it('9: author, last editor, service definer and deputy have no vote', () => {
    expect([1, 2, 3, 4].map((id) => conflictOf(id, { ...conflicts, lastEditorId: 4 }))).toEqual([
      'author',
      'runner',
      'deputy',
      'last-editor',
    ]);
    const all = [...holder(1, 'approver'), ...holder(2, 'approver'), ...holder(3, 'clinical-safety-officer')];
    expect(stand([vote(1), vote(2), vote(3)], all).counted).toEqual([]);
  });

  it('9: a vote counts no more when its role was taken away', () => {
    expect(stand([vote(4), vote(5), vote(6)], holders.slice(1)).matching.complete).toBe(false);
  });

  it('8: a vote for another hash does not count', () => {
    expect(stand([vote(4, { hash: 'other' })]).counted).toEqual([]);
  });

  it('10: votes expire after 14 days, and a vote kept through a removal counts no more as the safety officer', () => {
    expect(stand([vote(4, { at: '2026-11-17T12:00:00Z' })]).counted).toEqual([]);
    expect(stand([vote(4, { at: '2026-11-17T12:00:01Z' })]).validUntil).toBe('2026-12-01T12:00:01Z');
    const both = holder(4, 'clinical-safety-officer', 'approver');
    const kept = stand([vote(4, { roles: ['approver'] })], both);
    expect(kept.matching.missing).toContainEqual({ role: 'clinical-safety-officer', count: 1 });
    expect(kept.couldVote).toEqual([]);
  });
});

describe('9: can anybody complete the policy?', () => {
  it('9: not when the only safety officer is the deputy', () => {
    expect(
      satisfiable(policy, [...holders.slice(0, 2), ...holder(3, 'clinical-safety-officer')], conflicts).missing,
    ).toEqual([{ role: 'clinical-safety-officer', count: 1 }]);
  });

  it('9: a deputy is reserved among the service definers while none is named', () => {
    const unnamed = { ...conflicts, deputyId: null };
    const tight = [...holders.slice(1), ...holder(4, 'approver', 'service-definer')];
    expect(satisfiable(policy, tight, unnamed).complete).toBe(false);
    expect(satisfiable(policy, [...tight, ...holder(7, 'service-definer')], unnamed).complete).toBe(true);
  });

  it('9: matching finds a valid set whenever one exists (brute force)', () => {
    const roles = ['approver', 'clinical-safety-officer', 'e-rs-lead'] as const;
    const candidates = fc
      .array(fc.subarray([...roles]), { maxLength: 5 })
      .map((list) => list.map((held, personId): Candidate => ({ personId, roles: held })));
    const policies = fc.array(fc.record({ role: fc.constantFrom(...roles), count: fc.integer({ min: 1, max: 2 }) }), {
      minLength: 1,
      maxLength: 2,
    });
    fc.assert(
      fc.property(policies, candidates, (wanted, people) => {
        const places = wanted.flatMap(({ role, count }) => Array.from({ length: count }, () => role));
        expect(matchPolicy(wanted, people).complete).toBe(exists(places, people));
      }),
    );
  });
});

function exists(places: readonly Role[], people: readonly Candidate[]): boolean {
  const [role, ...rest] = places;
  if (role === undefined) return true;
  return people.some(
    (one) =>
      one.roles.includes(role) &&
      exists(
        rest,
        people.filter((other) => other !== one),
      ),
  );
}
