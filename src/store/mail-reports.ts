import type { Connection } from '../../db/connect.ts';
import type { AppliedReport, ReadDeliveryReports } from '../domain/delivery-report.ts';
import { bounceCall } from '../domain/delivery-report-call.ts';
import type { Clock } from '../kernel/clock.ts';
import type { MailReports } from '../ports/mail-reports.ts';
import { auditStore, chainOf } from './audit.ts';
import { deliveryReportStore } from './deliveries-reports.ts';
import { peopleStore } from './people.ts';
import { postingStore } from './postings.ts';

/** Reports that reach us by themselves: each in a transaction of its own, with its audit events, cards and calls. */
export function mailReports(
  connection: Connection,
  parts: { readonly read: ReadDeliveryReports; readonly clock: Clock; readonly posted: () => void },
): MailReports {
  return {
    async take(mail) {
      const { reports } = await parts.read(mail);
      const { changed, strange } = await connection.transaction(async (trx) => {
        const now = parts.clock.now().toString();
        const applied = await deliveryReportStore(trx).apply(reports, null, now);
        const told = applied.changed.filter((one) => !one.test);
        for (const one of told) {
          const postings = postingStore(trx);
          await postings.touch(one.migrationId, `notice:${one.noticeId}`, now);
          if (one.planId !== null) await postings.touch(one.migrationId, `plan:${one.planId}`, now);
          const words = bounceCall(one);
          if (words === null) continue;
          const holders = await peopleStore(trx).holders(one.migrationId);
          const leads = holders.filter(({ role }) => role === 'communications-lead').map(({ person }) => person.id);
          await postings.call(one.migrationId, `notice:${one.noticeId}`, words, leads, now);
        }
        for (const [migrationId, ofOne] of Map.groupBy(told, (one) => one.migrationId)) {
          await auditStore(trx).append(
            chainOf(migrationId),
            ofOne.map((one) => ({
              at: now,
              act: `notice.${one.status}`,
              about: `notice:${one.noticeId}`,
              person: null,
              account: 'mail report',
              facts: { code: one.code },
            })),
          );
        }
        return applied;
      });
      if (changed.length > 0) parts.posted();
      return {
        reports: reports.length,
        strange,
        bounced: count(changed, 'bounced'),
        delivered: count(changed, 'delivered'),
      };
    },
  };
}

function count(changed: readonly AppliedReport[], status: AppliedReport['status']): number {
  return changed.filter((one) => one.status === status).length;
}
