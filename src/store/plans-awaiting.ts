import type { Database } from '../../db/connect.ts';
import type { Plan } from '../domain/plan.ts';
import { toPlan } from './plans-rows.ts';

export interface AwaitingPlanStore {
  /** Every migration's plans that wait for votes, or for their start with votes that may expire. */
  list(): Promise<readonly Plan[]>;
}

export function awaitingPlanStore(db: Database): AwaitingPlanStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('plan')
        .selectAll()
        .where('state', 'in', ['submitted', 'approved'])
        .orderBy('id')
        .execute();
      return rows.map(toPlan);
    },
  };
}
