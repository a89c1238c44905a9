import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { SlotPoll } from '../domain/slot-poll.ts';
import type { NamedTester, TestEvent } from '../domain/verification.ts';

export interface VerificationStore {
  polls(planId: number): Promise<readonly SlotPoll[]>;
  /** Somebody takes these polls over; an earlier owner is replaced. */
  claimPolls(planId: number, serviceIds: readonly string[], by: number): Promise<void>;
  /** "Slots seen": ticked by a person, who also owns those that nobody took; `recordedAt` where it was entered later than seen. */
  seePolls(
    planId: number,
    serviceIds: readonly string[],
    by: number,
    at: string,
    recordedAt: string | null,
  ): Promise<void>;
  /** No slots came: an earlier tick is taken back, and why is kept. */
  failPolls(planId: number, serviceIds: readonly string[], problem: string, by: number): Promise<void>;
  /** Who tests which service, by the service's id. */
  testers(planId: number): Promise<readonly NamedTester[]>;
  /** Somebody earlier is replaced. */
  nameTester(planId: number, serviceIds: readonly string[], testerId: number): Promise<void>;
  /** In the order in which it was said. */
  events(planId: number): Promise<readonly TestEvent[]>;
  add(planId: number, events: readonly TestEvent[]): Promise<void>;
}

export function verificationStore(db: Database): VerificationStore {
  const keep = sql<number>`coalesce(slot_poll.owner_id, excluded.owner_id)`;
  return {
    polls(planId) {
      return db
        .selectFrom('slot_poll')
        .select([
          'service_id as serviceId',
          'owner_id as ownerId',
          'seen_by as seenBy',
          'seen_at as seenAt',
          'problem',
          'recorded_at as recordedAt',
        ])
        .where('plan_id', '=', planId)
        .orderBy('service_id')
        .execute();
    },
    async claimPolls(planId, serviceIds, by) {
      if (serviceIds.length === 0) return;
      await db
        .insertInto('slot_poll')
        .values(serviceIds.map((id) => ({ plan_id: planId, service_id: id, owner_id: by })))
        .onConflict((conflict) => conflict.constraint('rule_25_one_poll_a_service').doUpdateSet({ owner_id: by }))
        .execute();
    },
    async seePolls(planId, serviceIds, by, at, recordedAt) {
      if (serviceIds.length === 0) return;
      const seen = { seen_by: by, seen_at: at, problem: null, recorded_at: recordedAt };
      await db
        .insertInto('slot_poll')
        .values(serviceIds.map((id) => ({ plan_id: planId, service_id: id, owner_id: by, ...seen })))
        .onConflict((conflict) =>
          conflict.constraint('rule_25_one_poll_a_service').doUpdateSet({ ...seen, owner_id: keep }),
        )
        .execute();
    },
    async failPolls(planId, serviceIds, problem, by) {
      if (serviceIds.length === 0) return;
      const failed = { seen_by: null, seen_at: null, problem, recorded_at: null };
      await db
        .insertInto('slot_poll')
        .values(serviceIds.map((id) => ({ plan_id: planId, service_id: id, owner_id: by, ...failed })))
        .onConflict((conflict) =>
          conflict.constraint('rule_25_one_poll_a_service').doUpdateSet({ ...failed, owner_id: keep }),
        )
        .execute();
    },
    testers(planId) {
      return db
        .selectFrom('verification_tester')
        .select(['service_id as serviceId', 'tester_id as testerId'])
        .where('plan_id', '=', planId)
        .orderBy('service_id')
        .execute();
    },
    async nameTester(planId, serviceIds, testerId) {
      if (serviceIds.length === 0) return;
      await db
        .insertInto('verification_tester')
        .values(serviceIds.map((id) => ({ plan_id: planId, service_id: id, tester_id: testerId })))
        .onConflict((conflict) =>
          conflict.constraint('rule_25_one_tester_a_service').doUpdateSet({ tester_id: testerId }),
        )
        .execute();
    },
    events(planId) {
      return db
        .selectFrom('verification_event')
        .select([
          'service_id as serviceId',
          'scenario',
          'kind',
          'mark',
          'reason',
          'reference',
          'person_id as by',
          'at',
          'recorded_at as recordedAt',
        ])
        .where('plan_id', '=', planId)
        .orderBy('id')
        .execute();
    },
    async add(planId, events) {
      if (events.length === 0) return;
      await db
        .insertInto('verification_event')
        .values(
          events.map(({ serviceId, by, recordedAt = null, ...event }) => ({
            plan_id: planId,
            service_id: serviceId,
            person_id: by,
            recorded_at: recordedAt,
            ...event,
          })),
        )
        .execute();
    },
  };
}
