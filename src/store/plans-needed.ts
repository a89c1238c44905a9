import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Migration } from '../domain/migration.ts';
import { type Measured, neededFor } from '../domain/opening-needed.ts';
import type { Plan } from '../domain/plan.ts';
import type { ExecutorKind } from '../domain/run.ts';
import type { Needed } from '../domain/run-gate.ts';

export interface PlanNeededStore {
  /** How long the plan still needs (rule 13): all its services, or what its run has left. */
  needed(plan: Plan, migration: Migration): Promise<{ readonly needed: Needed; readonly services: number }>;
  /** The newest completed practice on the same target, carried out the same way: seconds from its start to its last change, and how many it changed. */
  measured(migration: Migration, executor?: ExecutorKind): Promise<Measured | null>;
}

/** Still to be changed; what a person did or confirmed is over. */
const LEFT = ['pending', 'applying', 'failed', 'needs-a-person'];

export function planNeededStore(db: Database): PlanNeededStore {
  const measured: PlanNeededStore['measured'] = async ({ id, newAsid }, executor = 'guided') => {
    const row = await db
      .selectFrom('run')
      .innerJoin('plan', 'plan.id', 'run.plan_id')
      .innerJoin('run_item', 'run_item.run_id', 'run.id')
      .select([
        'run.id',
        sql<number>`ceil(extract(epoch from max(run_item.settled_at) - run.started_at))::int`.as('seconds'),
        sql<number>`count(*)::int`.as('services'),
      ])
      .where('plan.migration_id', '=', id)
      .where('plan.kind', '=', 'practice')
      .where('plan.state', '=', 'completed')
      .where('plan.target_asid', '=', newAsid)
      .where('run.executor', '=', executor)
      .where('run_item.direction', '=', 'forward')
      .where('run_item.settled_at', 'is not', null)
      .groupBy(['run.id', 'run.started_at'])
      .orderBy('run.id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && row.seconds > 0 ? { seconds: row.seconds, services: row.services } : null;
  };
  return {
    measured,
    async needed(plan, migration) {
      const services = (await leftOfRun(db, plan.id)) ?? (await ofPlan(db, plan.id));
      return { services, needed: neededFor(migration.settings, services, await measured(migration)) };
    },
  };
}

async function leftOfRun(db: Database, planId: number): Promise<number | null> {
  const run = await db
    .selectFrom('run')
    .select('id')
    .where('plan_id', '=', planId)
    .where('direction', '=', 'forward')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!run) return null;
  const { left } = await db
    .selectFrom('run_item')
    .select(sql<number>`count(*)::int`.as('left'))
    .where('run_id', '=', run.id)
    .where('state', 'in', LEFT)
    .executeTakeFirstOrThrow();
  return left;
}

async function ofPlan(db: Database, planId: number): Promise<number> {
  const { services } = await db
    .selectFrom('plan_service')
    .select(sql<number>`count(*)::int`.as('services'))
    .where('plan_id', '=', planId)
    .executeTakeFirstOrThrow();
  return services;
}
