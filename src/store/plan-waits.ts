import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';

/** Somebody who is told when a plan lets services go. */
export interface PlanWait {
  readonly holderId: number;
  readonly holderNumber: number;
  readonly migrationId: number;
  readonly personId: number;
  /** Their own plan that wanted the services, by its number; null: they had none yet. */
  readonly planNumber: number | null;
  /** Empty: whatever the plan holds. */
  readonly serviceIds: readonly string[];
}

export interface PlanWaitStore {
  /** A later wait of the same person on the same plan replaces the earlier one. */
  add(
    wait: { holderId: number; personId: number; planId: number | null; serviceIds: readonly string[] },
    now: string,
  ): Promise<void>;
  /** The waits whose services no other plan holds any more; they are over with this. Not who has taken them already. */
  takeFree(): Promise<readonly PlanWait[]>;
}

export function planWaitStore(db: Database): PlanWaitStore {
  return {
    async add({ holderId, personId, planId, serviceIds }, now) {
      const columns = { plan_id: planId, service_ids: JSON.stringify(serviceIds), at: now };
      await db
        .insertInto('plan_wait')
        .values({ holder_id: holderId, person_id: personId, ...columns })
        .onConflict((conflict) => conflict.constraint('rule_4_one_wait_a_plan_and_person').doUpdateSet(columns))
        .execute();
    },
    async takeFree() {
      const { rows } = await sql<PlanWait>`
        with free as (
          delete from plan_wait wait
          where not exists (
            select from plan_service held
            where held.live and held.plan_id is distinct from wait.plan_id and (
              (jsonb_array_length(wait.service_ids) = 0 and held.plan_id = wait.holder_id)
              or held.service_id in (select jsonb_array_elements_text(wait.service_ids))))
          returning *)
        select free.holder_id as "holderId", holder.number as "holderNumber", holder.migration_id as "migrationId",
          free.person_id as "personId", mine.number as "planNumber", free.service_ids as "serviceIds"
        from free
        join plan holder on holder.id = free.holder_id
        left join plan mine on mine.id = free.plan_id
        where not exists (
          select from plan_service got
          where got.live and got.plan_id = free.plan_id
            and got.service_id in (select jsonb_array_elements_text(free.service_ids)))
        order by free.holder_id, free.person_id`.execute(db);
      return rows;
    },
  };
}
