import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import {
  type AppliedReport,
  type AppliedReports,
  afterReport,
  type DeliveryReport,
  deliveryNamed,
  mailName,
  reportVerdict,
} from '../domain/delivery-report.ts';
import { KIND_RULES } from '../domain/notice.ts';

export interface DeliveryReportStore {
  /** Writes what mail servers said later (rule 23), of this migration's notices or, with null, of any. */
  apply(reports: readonly DeliveryReport[], migrationId: number | null, now: string): Promise<AppliedReports>;
}

export function deliveryReportStore(db: Database): DeliveryReportStore {
  return {
    async apply(reports, migrationId, now) {
      const counts = { delayed: 0, unchanged: 0, strange: 0 };
      const changed: AppliedReport[] = [];
      for (const report of reports) {
        const found = await deliveryOf(db, report.mail, migrationId);
        if (found === null) {
          counts.strange++;
          continue;
        }
        if (report.id !== null && found.seen?.includes(report.id)) {
          counts.unchanged++;
          continue;
        }
        if (report.id !== null) await note(db, found.id, report.id);
        const verdict = reportVerdict(report, found.email ?? '');
        const status = afterReport(found.status, verdict);
        if (status === null) counts[verdict.status === 'delayed' ? 'delayed' : 'unchanged']++;
        else if (await write(db, found, { status, reply: verdict.reply }, now)) {
          const { id: _id, status: _before, email: _email, sentAt: _sent, seen: _seen, ...about } = found;
          changed.push({ ...about, status, reply: verdict.reply });
        }
      }
      return { changed, ...counts };
    },
  };
}

type Found = NonNullable<Awaited<ReturnType<typeof deliveryOf>>>;

/** The delivery that the name is of, if it is one of ours: a made-up name has the wrong ending. */
async function deliveryOf(db: Database, mail: string, migrationId: number | null) {
  const named = deliveryNamed(mail);
  if (named === null) return null;
  let query = db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .select(['delivery.id', 'delivery.notice_id as noticeId', 'delivery.code', 'delivery.name', 'delivery.kind'])
    .select(['delivery.email', 'delivery.status', 'delivery.sent_at as sentAt', 'delivery.reports_seen as seen'])
    .select(['notice.migration_id as migrationId', 'notice.plan_id as planId', 'notice.test', 'notice.mail_key'])
    .select(['notice.facts', 'notice.kind as noticeKind'])
    .where('delivery.id', '=', named.deliveryId)
    .where('delivery.notice_id', '=', named.noticeId);
  if (migrationId !== null) query = query.where('notice.migration_id', '=', migrationId);
  const row = await query.forUpdate().executeTakeFirst();
  if (!row || mailName(row.noticeId, row.id, row.mail_key) !== mail) return null;
  const { mail_key: _key, facts, noticeKind, ...delivery } = row;
  return { ...delivery, reference: `${facts.reference} (${KIND_RULES[noticeKind].words})` };
}

/** A mail that is sent again keeps its name: what was said of an earlier try must not be taken for the later one. */
async function note(db: Database, id: number, report: string): Promise<void> {
  await sql`
    update delivery set reports_seen = coalesce(reports_seen, '[]') || to_jsonb(${report}::text)
    where id = ${id}`.execute(db);
}

async function write(
  db: Database,
  found: Found,
  { status, reply }: { status: 'bounced' | 'delivered'; reply: string },
  now: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({ status, reply, owner: null, sent_at: found.sentAt ?? (status === 'delivered' ? now : null) })
    .where('id', '=', found.id)
    .where('status', '=', found.status)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
