import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { asiAlerts } from '../domain/asi.ts';
import {
  ALERT_OWNER,
  alertWords,
  differenceWords,
  FINDING_ROLES,
  type Finding,
  type FindingKind,
  type FindingOwners,
  ofDifference,
} from '../domain/finding.ts';
import type { Migration } from '../domain/migration.ts';
import { afterStore } from './after.ts';
import { reconcileStore } from './reconcile.ts';

/** Who answers for what was found after go-live (rule 26). */
export interface FindingStore {
  /**
   * Who took a plan's findings over. It is theirs while they hold, without a break since then, a role with which it can be
   * settled; else it is its role's again.
   */
  owners(planId: number, kind: FindingKind): Promise<FindingOwners>;
  /** Makes this person the owner of the plan's findings about these services. */
  give(
    planId: number,
    kind: FindingKind,
    serviceIds: readonly string[],
    to: number,
    by: number,
    at: string,
  ): Promise<void>;
  /** All that is open in the migration, plan by plan. */
  open(migration: Migration): Promise<readonly Finding[]>;
}

export function findingStore(db: Database): FindingStore {
  const owners: FindingStore['owners'] = async (planId, kind) => {
    const rows = await db
      .selectFrom('finding_owner')
      .innerJoin('person', 'person.id', 'finding_owner.owner_id')
      .innerJoin('plan', 'plan.id', 'finding_owner.plan_id')
      .select(['finding_owner.service_id', 'person.id', 'person.name'])
      .where('finding_owner.plan_id', '=', planId)
      .where('finding_owner.kind', '=', kind)
      .where(({ exists, selectFrom, ref }) =>
        exists(
          selectFrom('role_grant')
            .select(sql.lit(1).as('held'))
            .whereRef('role_grant.person_id', '=', 'finding_owner.owner_id')
            .whereRef('role_grant.migration_id', '=', 'plan.migration_id')
            .where('role_grant.role', 'in', [...FINDING_ROLES[kind]])
            .where('role_grant.revoked_at', 'is', null)
            .where('role_grant.granted_at', '<=', ref('finding_owner.at')),
        ),
      )
      .execute();
    return new Map(rows.map(({ service_id, id, name }) => [service_id, { id, name }]));
  };
  return {
    owners,
    async give(planId, kind, serviceIds, to, by, at) {
      for (const serviceId of serviceIds) {
        const owner = { owner_id: to, given_by: by, at };
        await db
          .insertInto('finding_owner')
          .values({ plan_id: planId, kind, service_id: serviceId, ...owner })
          .onConflict((conflict) => conflict.constraint('rule_26_one_owner_a_finding').doUpdateSet(owner))
          .execute();
      }
    },
    async open(migration) {
      const plans = await db
        .selectFrom('plan')
        .select(['id', 'number'])
        .where('migration_id', '=', migration.id)
        .where(({ exists, selectFrom, or }) =>
          or([
            exists(
              selectFrom('plan_difference')
                .select(sql.lit(1).as('open'))
                .whereRef('plan_difference.plan_id', '=', 'plan.id')
                .where('settled_at', 'is', null),
            ),
            exists(
              selectFrom('asi_count').select(sql.lit(1).as('counted')).whereRef('asi_count.plan_id', '=', 'plan.id'),
            ),
          ]),
        )
        .orderBy('number')
        .execute();
      const found: Finding[] = [];
      for (const { id, number } of plans) found.push(...(await ofPlan(db, owners, migration, id, number)));
      return found;
    },
  };
}

async function ofPlan(
  db: Database,
  owners: FindingStore['owners'],
  { settings }: Migration,
  planId: number,
  plan: number,
): Promise<readonly Finding[]> {
  const after = afterStore(db);
  const open = (await reconcileStore(db).differences(planId)).filter(({ settled }) => settled === null);
  const alerts = asiAlerts(await after.asi(planId), settings, await after.settledAlerts(planId));
  const [ofDifferences, ofAlerts] = [await owners(planId, 'difference'), await owners(planId, 'alert')];
  const about = { planId, plan };
  return [
    ...open.map((one) => ({
      ...about,
      kind: 'difference' as const,
      ...ofDifference(one),
      words: differenceWords(one),
      owner: ofDifferences.get(one.serviceId) ?? null,
    })),
    ...alerts.map((one) => ({
      ...about,
      kind: 'alert' as const,
      serviceId: one.serviceId,
      role: ALERT_OWNER,
      words: alertWords(one),
      owner: ofAlerts.get(one.serviceId) ?? null,
    })),
  ];
}
