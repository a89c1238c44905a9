import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { personalValueStore } from './personal-values.ts';

/** What is deleted after its time (rule 27). The record itself stays. */
export interface RetentionStore {
  /**
   * Migrations with addresses or with personal values in their record, all of whose plans are over, and since when; nothing of theirs waits to be sent. One without any
   * plan is still at work.
   */
  over(): Promise<readonly { migrationId: number; since: string }[]>;
  /** Deletes recipients' addresses and telephones, and the personal values of the record with their salts. Counts stay. Gives how many addresses. */
  forgetAddresses(migrationId: number): Promise<number>;
}

export function retentionStore(db: Database): RetentionStore {
  return {
    async over() {
      const { rows } = await sql<{ migrationId: number; since: string }>`
        select plan.migration_id as "migrationId", max(plan.state_since) as since from plan
        where (exists (select from recipient where recipient.migration_id = plan.migration_id
              and (email is not null or telephone is not null))
            or exists (select from delivery join notice on notice.id = delivery.notice_id
              where notice.migration_id = plan.migration_id and (delivery.email is not null or delivery.telephone is not null))
            or exists (select from import_flaw join snapshot on snapshot.id = import_flaw.snapshot_id
              where snapshot.migration_id = plan.migration_id and snapshot.kind = 'recipients' and import_flaw.value is not null)
            or exists (select from personal_value where chain = 'migration:' || plan.migration_id))
          and not exists (select from notice where notice.migration_id = plan.migration_id
            and notice.status in ('scheduled', 'sending', 'held'))
        group by plan.migration_id
        having bool_and(plan.state in ('completed', 'rolled-back', 'withdrawn', 'expired'))
        order by 1`.execute(db);
      return rows;
    },
    async forgetAddresses(migrationId) {
      const lists = await db
        .updateTable('recipient')
        .set({ email: null, telephone: null })
        .where('migration_id', '=', migrationId)
        .where((where) => where.or([where('email', 'is not', null), where('telephone', 'is not', null)]))
        .executeTakeFirst();
      const deliveries = await db
        .updateTable('delivery')
        .set({ email: null, telephone: null, reply: null, address_key: sql`'deleted ' || id` })
        .where('notice_id', 'in', (of) => of.selectFrom('notice').select('id').where('migration_id', '=', migrationId))
        .where((where) => where.or([where('email', 'is not', null), where('telephone', 'is not', null)]))
        .executeTakeFirst();
      await db
        .updateTable('address_report')
        .set({ text: 'deleted after its time' })
        .where('notice_id', 'in', (of) => of.selectFrom('notice').select('id').where('migration_id', '=', migrationId))
        .execute();
      await db
        .updateTable('gap_request')
        .set({ asked: 'deleted after its time' })
        .where('migration_id', '=', migrationId)
        .execute();
      // A line of a list that was left out is named with the address that was wrong in it.
      await db
        .updateTable('import_flaw')
        .set({ value: null })
        .where('snapshot_id', 'in', (of) =>
          of
            .selectFrom('snapshot')
            .select('id')
            .where('migration_id', '=', migrationId)
            .where('kind', '=', 'recipients'),
        )
        .execute();
      // An address that somebody gave instead of a listed one.
      await sql`update audience_rule set without =
          (select coalesce(jsonb_agg(one || '{"instead": null}'), '[]') from jsonb_array_elements(without) as one)
        where migration_id = ${migrationId} and without::text like '%@%'`.execute(db);
      await personalValueStore(db).forget(`migration:${migrationId}`);
      return Number(lists.numUpdatedRows + deliveries.numUpdatedRows);
    },
  };
}
