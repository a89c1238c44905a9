import type { Database } from '../../db/connect.ts';
import { type PlanFactStore, planFactStore } from './plans-facts.ts';
import { type PlanInputStore, planInputStore } from './plans-inputs.ts';
import { type PlanLifeStore, planLifeStore } from './plans-life.ts';
import { type PlanNeededStore, planNeededStore } from './plans-needed.ts';
import { type PlanPoolStore, planPoolStore } from './plans-pool.ts';

/** Plans: their life, their inputs with the hash, the services that can be chosen, and the facts of their card. */
export interface PlanStore extends PlanLifeStore, PlanInputStore, PlanPoolStore, PlanFactStore, PlanNeededStore {}

export function planStore(db: Database): PlanStore {
  return {
    ...planLifeStore(db),
    ...planInputStore(db),
    ...planPoolStore(db),
    ...planFactStore(db),
    ...planNeededStore(db),
  };
}
