import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { type Approval, approvalOf, conflictsOf, type Lent, policyOf, type Vote } from '../domain/approval.ts';
import { matchPolicy, type Policy } from '../domain/approval-matching.ts';
import type { Plan } from '../domain/plan.ts';
import type { Role } from '../domain/role.ts';
import { migrationStore } from './migrations.ts';
import { peopleStore } from './people.ts';
import { toVote } from './plans-rows.ts';

export interface NewVote {
  readonly personId: number;
  /** The hash on the card that was clicked. */
  readonly hash: string;
  readonly roles: readonly Role[];
  readonly lent: Lent;
  readonly at: string;
}

/** Votes on plans (rules 8 to 10). Lock the plan before anything that changes them. */
export interface VoteStore {
  /** The votes that stand. */
  of(planId: number): Promise<readonly Vote[]>;
  /** False when this person has a vote already, also in a race (the index `rule_9_one_person_one_vote`). */
  cast(planId: number, vote: NewVote): Promise<boolean>;
  /** Takes back one person's vote; false when there is none. */
  end(planId: number, personId: number, why: string, at: string): Promise<boolean>;
  /** Gives how many ended. */
  endAll(planId: number, why: string, at: string): Promise<number>;
  /** After a pure removal: all count for the new hash but the safety officer's, who is asked again (rule 10). */
  carryOver(plan: Plan, policy: Policy, hash: string, why: string, at: string): Promise<number>;
  /** Where the approval stands on this hash, by the roles that people hold now; ask again at the start of a run (rule 9). */
  approval(plan: Plan, hash: string, now: Temporal.Instant): Promise<Approval>;
}

export function voteStore(db: Database): VoteStore {
  const standing = async (planId: number): Promise<readonly Vote[]> => {
    const rows = await db
      .selectFrom('vote')
      .selectAll()
      .where('plan_id', '=', planId)
      .where('ended_at', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(toVote);
  };
  const end = async (voteIds: readonly number[], why: string, at: string): Promise<number> => {
    const { numUpdatedRows } = await db
      .updateTable('vote')
      .set({ ended_at: at, ended_why: why })
      .where(sql<boolean>`id = any(${[...voteIds]}::integer[])`)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  };
  return {
    of: standing,
    async cast(planId, vote) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('vote')
        .values({
          plan_id: planId,
          person_id: vote.personId,
          cast_on: vote.hash,
          counts_for: vote.hash,
          roles: JSON.stringify(vote.roles),
          lent: JSON.stringify(vote.lent),
          at: vote.at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async end(planId, personId, why, at) {
      const mine = (await standing(planId)).filter((vote) => vote.personId === personId);
      return (
        (await end(
          mine.map((vote) => vote.id),
          why,
          at,
        )) > 0
      );
    },
    async endAll(planId, why, at) {
      return end(
        (await standing(planId)).map((vote) => vote.id),
        why,
        at,
      );
    },
    async carryOver(plan, policy, hash, why, at) {
      const votes = (await standing(plan.id)).filter((vote) => vote.hash === plan.hash);
      const { places } = matchPolicy(policy, votes);
      const asOfficer = new Set(places.filter(({ role }) => role === ASKED_AGAIN).map(({ personId }) => personId));
      for (const vote of votes.filter((one) => !asOfficer.has(one.personId))) {
        await db
          .updateTable('vote')
          .set({ counts_for: hash, roles: JSON.stringify(vote.roles.filter((role) => role !== ASKED_AGAIN)) })
          .where('id', '=', vote.id)
          .execute();
      }
      return end(
        votes.filter((vote) => asOfficer.has(vote.personId)).map((vote) => vote.id),
        why,
        at,
      );
    },
    async approval(plan, hash, now) {
      const migration = await migrationStore(db).byId(plan.migrationId);
      if (!migration) throw new Error(`Plan ${plan.id} has no migration.`);
      return approvalOf({
        policy: policyOf(plan.kind, migration.settings.policy),
        hash,
        votes: await standing(plan.id),
        holders: await peopleStore(db).holders(plan.migrationId),
        conflicts: conflictsOf(plan),
        validDays: migration.settings.voteValidDays,
        now,
      });
    },
  };
}

const ASKED_AGAIN: Role = 'clinical-safety-officer';
