import type { Database } from '../../db/connect.ts';
import type { HoursPolicy } from '../domain/hours-policy.ts';
import type { ErsOutageCheck, TimeRules } from '../domain/time-rules.ts';
import { readCalendars } from './calendars.ts';
import { readErsOutages, readLastCheck, readStops } from './time-rows.ts';

export interface TimeStore {
  /** All that a migration's time is judged by: `migrationHours(migration, rules, bankHolidays)`. */
  rules(migrationId: number): Promise<TimeRules>;
  setPolicy(migrationId: number, policy: HoursPolicy, by: number, now: string): Promise<void>;
  /** Null where an incident stands already. */
  stop(stop: NewStop): Promise<number | null>;
  /** Ends what stands now or later: all of that rule, or the one named. Gives the ids that it ended. */
  lift(
    migrationId: number,
    rule: 'freeze' | 'incident',
    id: number | null,
    by: number,
    now: string,
  ): Promise<readonly number[]>;
  addErsOutage(outage: NewErsOutage): Promise<number>;
  /** False where there is none of that number, or it was taken off before. */
  removeErsOutage(migrationId: number, id: number, by: number, now: string): Promise<boolean>;
  addCheck(migrationId: number, check: Omit<ErsOutageCheck, 'by'>, by: number, now: string): Promise<void>;
}

export interface NewStop {
  readonly migrationId: number;
  readonly rule: 'freeze' | 'incident';
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly reason: string;
  readonly by: number;
  readonly now: string;
}

export interface NewErsOutage {
  readonly migrationId: number;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly by: number;
  readonly now: string;
}

export function timeStore(db: Database): TimeStore {
  return {
    async rules(migrationId) {
      const policy = await db
        .selectFrom('hours_policy')
        .select('policy')
        .where('migration_id', '=', migrationId)
        .executeTakeFirst();
      return {
        policy: policy?.policy ?? null,
        stops: await readStops(db, migrationId),
        ersOutages: await readErsOutages(db, migrationId),
        calendars: await readCalendars(db, migrationId),
        lastCheck: await readLastCheck(db, migrationId),
      };
    },
    async setPolicy(migrationId, policy, by, now) {
      const row = { policy: JSON.stringify(policy), set_by: by, set_at: now };
      await db
        .insertInto('hours_policy')
        .values({ migration_id: migrationId, ...row })
        .onConflict((conflict) => conflict.column('migration_id').doUpdateSet(row))
        .execute();
    },
    async stop({ migrationId, rule, startsAt, endsAt, reason, by, now }) {
      const row = await db
        .insertInto('time_stop')
        .values({
          migration_id: migrationId,
          rule,
          starts_at: startsAt,
          ends_at: endsAt,
          reason,
          set_by: by,
          set_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row?.id ?? null;
    },
    async lift(migrationId, rule, id, by, now) {
      const rows = await db
        .updateTable('time_stop')
        .set({ lifted_by: by, lifted_at: now })
        .where('migration_id', '=', migrationId)
        .where('rule', '=', rule)
        .where('lifted_at', 'is', null)
        .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', now)]))
        .$if(id !== null, (query) => query.where('id', '=', id ?? 0))
        .returning('id')
        .execute();
      return rows.map((row) => row.id).sort((a, b) => a - b);
    },
    async addErsOutage({ migrationId, from, to, source, by, now }) {
      const row = await db
        .insertInto('ers_outage')
        .values({ migration_id: migrationId, starts_at: from, ends_at: to, source, noted_by: by, noted_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      return row.id;
    },
    async removeErsOutage(migrationId, id, by, now) {
      const result = await db
        .updateTable('ers_outage')
        .set({ removed_by: by, removed_at: now })
        .where('migration_id', '=', migrationId)
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async addCheck(migrationId, check, by, now) {
      await db
        .insertInto('ers_outage_check')
        .values({
          migration_id: migrationId,
          checked_at: check.checkedAt,
          page: check.page,
          found: check.found,
          person_id: by,
          noted_at: now,
        })
        .execute();
    },
  };
}
