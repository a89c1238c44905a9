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
  roles.map((role) => ({
    role,
    person: { id, name: `Person ${id}`, email: `p${id}@example.org`, telephone: null },
    lentBy: null,
  }));
const lent = (by: number, to: number, role: Role): RoleHolder[] =>
  holder(to, role).map((one) => ({ ...one, lentBy: by }));
const vote = (personId: number, more: Partial<Vote> = {}): Vote => ({
  id: personId,
  personId,
  hash: 'h',
  roles: ['approver', 'clinical-safety-officer'],
  lent: {},
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

describe('9: a role lent for a time', () => {
  const away = [...holders, ...lent(6, 7, 'clinical-safety-officer')];
  const forOfficer = vote(7, { roles: ['clinical-safety-officer'], lent: { 'clinical-safety-officer': 6 } });

  it('9: the colleague is asked in the owner’s place, and their vote counts, also when the time is over', () => {
    expect(stand([vote(4), vote(5)], away).couldVote.map(({ person }) => person.id)).toEqual([7]);
    expect(stand([vote(4), vote(5), forOfficer], away).matching.complete).toBe(true);
    expect(stand([vote(4), vote(5), forOfficer], holders).matching.complete).toBe(true);
  });

  it('9: it counts no more once the owner lost the role', () => {
    expect(stand([vote(4), vote(5), forOfficer], holders.slice(0, 2)).matching.complete).toBe(false);
  });

  it('9: an author, runner or deputy lends nothing on their own plan', () => {
    const people = [...holders, ...holder(1, 'clinical-safety-officer')];
    const forAuthor = { ...forOfficer, lent: { 'clinical-safety-officer': 1 } };
    expect(stand([vote(4), vote(5), forAuthor], people).matching.complete).toBe(false);
  });

  it('9: lending adds nobody who could complete the policy', () => {
    const few = [...holder(4, 'approver'), ...holder(6, 'clinical-safety-officer'), ...lent(4, 7, 'approver')];
    expect(satisfiable(policy, few, conflicts).complete).toBe(false);
  });

  it('9: nobody speaks twice, however roles are lent (property)', () => {
    const person = fc.integer({ min: 4, max: 8 });
    const role = fc.constantFrom<Role>('approver', 'clinical-safety-officer');
    const votes = fc.uniqueArray(
      fc.record({
        personId: person,
        own: fc.subarray<Role>(['approver', 'clinical-safety-officer']),
        role,
        owner: person,
      }),
      { selector: ({ personId }) => personId },
    );
    fc.assert(
      fc.property(votes, fc.array(fc.tuple(person, role)), (cast, grants) => {
        const people = grants.flatMap(([id, held]) => holder(id, held));
        const given = cast.map(({ personId, own, role: borrowed, owner }) =>
          vote(personId, {
            roles: [...new Set([...own, borrowed])],
            lent: own.includes(borrowed) || owner === personId ? {} : { [borrowed]: owner },
          }),
        );
        const { places } = stand(given, people).matching;
        // Each filled place rests on one person's role: find a way to give every place its own.
        const speakers = places.flatMap(({ role: place, personId }) => {
          const by = given.find((one) => one.personId === personId);
          return by ? [by.lent[place] ?? by.personId] : [];
        });
        expect(new Set(speakers).size).toBe(speakers.length);
        for (const [index, place] of places.filter(({ personId }) => personId !== null).entries()) {
          expect(grants).toContainEqual([speakers[index], place.role]);
        }
      }),
    );
  });
});
