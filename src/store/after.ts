import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { AsiCount, SettledAlert } from '../domain/asi.ts';
import type { SiteMorning } from '../domain/slot-poll.ts';

/** What is asked for in the days after go-live (rules 25, 26). */
export interface AfterStore {
  /** The newest answer of each site. */
  mornings(planId: number): Promise<readonly SiteMorning[]>;
  answerMorning(planId: number, answer: Omit<SiteMorning, 'by' | 'at'>, by: number, at: string): Promise<void>;
  asi(planId: number): Promise<readonly (AsiCount & { readonly by: string; readonly at: string })[]>;
  /** A count that stands is replaced. */
  count(planId: number, counts: readonly AsiCount[], by: number, at: string): Promise<void>;
  /** Alerts that somebody settled, in that order; the count says up to where. */
  settledAlerts(planId: number): Promise<readonly SettledAlert[]>;
  settleAlerts(planId: number, alerts: readonly AsiCount[], note: string, by: number, at: string): Promise<void>;
  /** Approved plans of which nobody has counted the slot issues before go-live; `opens`: when the first window begins. */
  withoutBaseline(): Promise<readonly { planId: number; migrationId: number; number: number; opens: string | null }[]>;
  /** Plans that went live on or after this instant, and when. */
  goneLive(since: string): Promise<readonly { planId: number; migrationId: number; startedAt: string }[]>;
  /** When the plan went live; null before its run. */
  wentLive(planId: number): Promise<WentLive | null>;
}

export interface WentLive {
  /** The run's start; of one that stopped and went on in a reserve window, that window's. */
  readonly from: string;
  /** When the last of its services was changed, by the run or by hand. */
  readonly until: string;
}

const FROM = sql<string>`greatest(run.started_at, run.window_from)`;

export function afterStore(db: Database): AfterStore {
  return {
    async mornings(planId) {
      const rows = await db
        .selectFrom('site_morning')
        .innerJoin('person', 'person.id', 'site_morning.by_id')
        .select(['site', 'arrived', 'note', 'person.name as by', 'at'])
        .where('plan_id', '=', planId)
        .orderBy('site_morning.id')
        .execute();
      return [...new Map(rows.map((row) => [row.site, row])).values()];
    },
    async answerMorning(planId, { site, arrived, note }, by, at) {
      await db.insertInto('site_morning').values({ plan_id: planId, site, arrived, note, by_id: by, at }).execute();
    },
    async asi(planId) {
      return db
        .selectFrom('asi_count')
        .innerJoin('person', 'person.id', 'asi_count.by_id')
        .select(['day', 'service_id as serviceId', 'priority', 'count', 'person.name as by', 'at'])
        .where('plan_id', '=', planId)
        .orderBy('service_id')
        .orderBy('priority')
        .orderBy('day')
        .execute();
    },
    async count(planId, counts, by, at) {
      for (const { day, serviceId, priority, count } of counts) {
        await db
          .insertInto('asi_count')
          .values({ plan_id: planId, day, service_id: serviceId, priority, count, by_id: by, at })
          .onConflict((conflict) =>
            conflict.constraint('rule_26_one_count_a_day').doUpdateSet({ count, by_id: by, at }),
          )
          .execute();
      }
    },
    async settledAlerts(planId) {
      return db
        .selectFrom('asi_settled')
        .innerJoin('person', 'person.id', 'asi_settled.by_id')
        .select(['day', 'service_id as serviceId', 'priority', 'count', 'note', 'person.name as by', 'at'])
        .where('plan_id', '=', planId)
        .orderBy('asi_settled.id')
        .execute();
    },
    async settleAlerts(planId, alerts, note, by, at) {
      if (alerts.length === 0) return;
      await db
        .insertInto('asi_settled')
        .values(
          alerts.map(({ day, serviceId, priority, count }) => ({
            plan_id: planId,
            day,
            service_id: serviceId,
            priority,
            count,
            note,
            by_id: by,
            at,
          })),
        )
        .execute();
    },
    async withoutBaseline() {
      return db
        .selectFrom('plan')
        .leftJoin('plan_window', (join) => join.onRef('plan_window.plan_id', '=', 'plan.id').on('position', '=', 0))
        .select([
          'plan.id as planId',
          'plan.migration_id as migrationId',
          'plan.number',
          'plan_window.starts_at as opens',
        ])
        .where('plan.kind', '=', 'plan')
        .where('plan.state', '=', 'approved')
        .where(({ not, exists, selectFrom, lit }) =>
          not(
            exists(
              selectFrom('asi_count')
                .select(lit(1).as('counted'))
                .whereRef('asi_count.plan_id', '=', 'plan.id')
                .where('asi_count.day', '=', 'baseline'),
            ),
          ),
        )
        .orderBy('plan.id')
        .execute();
    },
    async goneLive(since) {
      const rows = await db
        .selectFrom('run')
        .innerJoin('plan', 'plan.id', 'run.plan_id')
        .select(['plan.id as planId', 'plan.migration_id as migrationId'])
        .select(sql<string>`max(${FROM})`.as('startedAt'))
        .where('plan.kind', '=', 'plan')
        .where('plan.state', 'in', ['verifying', 'completed'])
        .where(FROM, '>=', since)
        .groupBy(['plan.id', 'plan.migration_id'])
        .orderBy('plan.id')
        .execute();
      return rows;
    },
    async wentLive(planId) {
      const row = await db
        .selectFrom('run')
        .leftJoin('run_item', 'run_item.run_id', 'run.id')
        .select([FROM.as('from'), sql<string>`greatest(${FROM}, max(run_item.settled_at))`.as('until')])
        .where('run.plan_id', '=', planId)
        .groupBy('run.id')
        .orderBy('run.id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ?? null;
    },
  };
}
