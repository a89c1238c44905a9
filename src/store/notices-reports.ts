import type { Database } from '../../db/connect.ts';

/** "Wrong address, or should someone else get this?": what recipients wrote, as tasks (rule 22). */
export interface AddressReportStore {
  add(noticeId: number, deliveryId: number | null, text: string, now: string): Promise<void>;
  open(migrationId: number): Promise<readonly AddressReport[]>;
  /** False when there is no such open task in this migration. */
  done(migrationId: number, id: number, by: number, now: string): Promise<boolean>;
  /** So that nobody fills the table through a link: how many this notice has had. */
  count(noticeId: number): Promise<number>;
}

export interface AddressReport {
  readonly id: number;
  readonly reference: string;
  readonly who: string;
  readonly text: string;
  readonly at: string;
}

export function addressReportStore(db: Database): AddressReportStore {
  return {
    async add(noticeId, deliveryId, text, now) {
      await db
        .insertInto('address_report')
        .values({ notice_id: noticeId, delivery_id: deliveryId, text, created_at: now })
        .execute();
    },
    async open(migrationId) {
      const rows = await db
        .selectFrom('address_report')
        .innerJoin('notice', 'notice.id', 'address_report.notice_id')
        .leftJoin('delivery', 'delivery.id', 'address_report.delivery_id')
        .select(['address_report.id', 'address_report.text', 'address_report.created_at as at', 'notice.facts'])
        .select(['delivery.code', 'delivery.name'])
        .where('notice.migration_id', '=', migrationId)
        .where('address_report.done_at', 'is', null)
        .orderBy('address_report.id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        reference: row.facts.reference,
        who: row.code === null ? 'somebody with the link' : `${row.name} (${row.code})`,
        text: row.text,
        at: row.at,
      }));
    },
    async done(migrationId, id, by, now) {
      const { numUpdatedRows } = await db
        .updateTable('address_report')
        .set({ done_by: by, done_at: now })
        .where('id', '=', id)
        .where('done_at', 'is', null)
        .where('notice_id', 'in', (own) =>
          own.selectFrom('notice').select('id').where('migration_id', '=', migrationId),
        )
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async count(noticeId) {
      const { count } = await db
        .selectFrom('address_report')
        .select((select) => select.fn.countAll<number>().as('count'))
        .where('notice_id', '=', noticeId)
        .executeTakeFirstOrThrow();
      return count;
    },
  };
}
