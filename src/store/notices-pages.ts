import type { Connection } from '../../db/connect.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import { deliveryOfRef } from '../domain/notice-links.ts';
import { findPatientData } from '../domain/patient-data.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AddressReport, NoticePage, NoticePages, ReportOutcome } from '../ports/notice-pages.ts';
import { auditStore, chainOf } from './audit.ts';
import { deliveryStore } from './deliveries.ts';
import { type NoticeStore, noticeStore } from './notices.ts';
import { addressReportStore } from './notices-reports.ts';
import { outageTokenFor } from './outage-feeds.ts';
import { postingStore } from './postings.ts';

/** The public pages on a database. Reports are written in a transaction of their own, with their audit event. */
export function noticePages(connection: Connection, clock: Clock): NoticePages {
  const { db } = connection;
  const notices = noticeStore(db);
  return {
    async byToken(token) {
      const notice = await notices.byToken(token);
      if (notice === null) return null;
      const newest = await newestAfter(notices, notice);
      return {
        facts: notice.facts,
        test: notice.test,
        phase: newest === null ? phaseOf(notice, clock.now()) : null,
        services: await notices.serviceList(notice.id),
        outageToken: await outageTokenFor(db, notice),
        replacedBy:
          newest === null ? null : { token: newest.token, reference: newest.facts.reference, kind: newest.kind },
      };
    },
    async addressee(token, ref) {
      const found = await deliveryBehind(connection, token, ref);
      return found?.name ?? null;
    },
    async report(token, ref, written) {
      const fields = (['better', 'note'] as const).filter((name) => findPatientData(written[name]));
      if (fields.length > 0) return { kind: 'patient-data', fields };
      const notice = await notices.byToken(token);
      if (notice === null) return { kind: 'unknown' };
      const delivery = ref === null ? null : await deliveryBehind(connection, token, ref);
      return connection.transaction(async (trx): Promise<ReportOutcome> => {
        const reports = addressReportStore(trx);
        if ((await reports.count(notice.id)) >= REPORTS_A_NOTICE) return { kind: 'full' };
        const now = clock.now().toString();
        await reports.add(notice.id, delivery?.id ?? null, reportText(written), now);
        if (!notice.test) await postingStore(trx).touch(notice.migrationId, `notice:${notice.id}`, now);
        await auditStore(trx).append(chainOf(notice.migrationId), [
          {
            at: now,
            act: 'notice.address-reported',
            about: `notice:${notice.id}`,
            person: null,
            account: 'notice page',
            facts: { code: delivery?.code ?? null },
          },
        ]);
        return { kind: 'kept' };
      });
    },
  };
}

function phaseOf({ kind, facts: { outage } }: Notice, now: Temporal.Instant): NoticePage['phase'] {
  if (outage === null || !OUTAGE_KINDS.includes(kind)) return null;
  if (Temporal.Instant.compare(now, outage.from) < 0) return 'ahead';
  return Temporal.Instant.compare(now, outage.to) < 0 ? 'now' : 'past';
}

const OUTAGE_KINDS: readonly NoticeKind[] = ['planned', 'reminder', 'started', 'extended', 'moved'];

/** A link that leaks must not fill the table. */
const REPORTS_A_NOTICE = 2_000;

function reportText({ better, note }: AddressReport): string {
  return [better && `Better address: ${better}`, note].filter(Boolean).join('. ');
}

async function newestAfter(notices: NoticeStore, notice: Notice): Promise<Notice | null> {
  const all = await notices.list(notice.migrationId);
  const later = all.filter((one) => one.id > notice.id && one.status !== 'withdrawn' && one.startedAt !== null);
  return notice.test ? null : (later.at(-1) ?? null);
}

async function deliveryBehind(connection: Connection, token: string, ref: string) {
  const id = deliveryOfRef(token, ref);
  if (id === null) return null;
  const notice = await noticeStore(connection.db).byToken(token);
  const delivery = await deliveryStore(connection.db).byId(id);
  return notice !== null && delivery?.noticeId === notice.id ? delivery : null;
}
