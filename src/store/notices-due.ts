import type { Database } from '../../db/connect.ts';
import type { Migration } from '../domain/migration.ts';
import { type NoticeDue, noticeDue } from '../domain/notice-due.ts';
import { isLive } from '../domain/plan-state.ts';
import { noticeStore } from './notices.ts';
import { planLifeStore } from './plans-life.ts';

export interface NoticeDueStore {
  /** What people have to be told next, and about which notice; null where they know how it is. */
  look(migration: Migration, now: Temporal.Instant): Promise<(NoticeDue & { readonly noticeId: number }) | null>;
  /** Migrations in which somebody was told something. */
  migrations(): Promise<readonly number[]>;
  /** True once for each thing to offer, when it has been so for a while: nobody is nagged who is about to do it. */
  claim(migrationId: number, key: string, now: string, before: string): Promise<boolean>;
}

export function noticeDueStore(db: Database): NoticeDueStore {
  return {
    async look(migration, now) {
      const notices = (await noticeStore(db).list(migration.id)).filter((notice) => notice.status !== 'withdrawn');
      const newest = notices.at(-1);
      if (!newest) return null;
      const plans = (await planLifeStore(db).list(migration.id)).filter((plan) => plan.kind === 'plan');
      const plan = plans.find((one) => one.id === newest.planId) ?? null;
      const othersLive = plans.some((one) => one.id !== plan?.id && isLive(one.state));
      const { outage, zone } = migration;
      const due = noticeDue({ notices, plan, othersLive, outage, zone, now });
      return due && { ...due, noticeId: newest.id };
    },
    async migrations() {
      const rows = await db
        .selectFrom('notice')
        .select('migration_id as id')
        .distinct()
        .where('test', '=', false)
        .where('started_at', 'is not', null)
        .execute();
      return rows.map((row) => row.id);
    },
    async claim(migrationId, key, now, before) {
      await db
        .insertInto('notice_offer')
        .values({ migration_id: migrationId, key, seen_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const { numUpdatedRows } = await db
        .updateTable('notice_offer')
        .set({ called_at: now })
        .where('migration_id', '=', migrationId)
        .where('key', '=', key)
        .where('called_at', 'is', null)
        .where('seen_at', '<=', before)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
