import type { Database } from '../../db/connect.ts';
import { KIND_RULES, type Notice } from '../domain/notice.ts';
import type { NoticeLine, NoticeShownFacts } from '../domain/notice-answers.ts';
import { noticePageUrl } from '../domain/notice-links.ts';
import { deliveryStore } from './deliveries.ts';
import { noticeStore } from './notices.ts';

export interface NoticeShownStore {
  /** Everything on a notice's card, read anew. `publicUrl` null: without a link. */
  shown(notice: Notice, publicUrl: string | null, did?: string | null): Promise<NoticeShownFacts>;
  /** One line each, oldest first; tests left out. */
  lines(migrationId: number): Promise<readonly NoticeLine[]>;
}

const PROBLEMS_SHOWN = 5;

export function noticeShownStore(db: Database): NoticeShownStore {
  const deliveries = deliveryStore(db);
  return {
    async shown(notice, publicUrl, did = null) {
      const counts = await deliveries.counts(notice.id);
      // Unknown ones first: only a person can settle them.
      const unknown = await deliveries.inStates(notice.id, ['unknown'], PROBLEMS_SHOWN);
      const failed = await deliveries.inStates(notice.id, ['failed', 'bounced'], PROBLEMS_SHOWN - unknown.length);
      const problems = [...unknown, ...failed];
      return {
        id: notice.id,
        what: KIND_RULES[notice.kind].words,
        zone: notice.facts.zone,
        reference: notice.facts.reference,
        kind: notice.kind,
        test: notice.test,
        status: notice.status,
        dueAt: notice.dueAt,
        finishedAt: notice.finishedAt,
        heldWhy: notice.status === 'held' ? notice.heldWhy : null,
        total: counts.total,
        counts: counts.all,
        commissioners: counts.commissioners,
        referrers: counts.referrers,
        lastSentAt: counts.lastSentAt,
        resendable: counts.resendable,
        mailsPerMinute: notice.mailsPerMinute,
        pageUrl: publicUrl === null || publicUrl === '' ? null : noticePageUrl(publicUrl, notice.token),
        problems: problems.map(({ code, name, status, reply }) => ({ code, name, status, reply: reply ?? '' })),
        did,
      };
    },
    async lines(migrationId) {
      const notices = await noticeStore(db).list(migrationId);
      const lines: NoticeLine[] = [];
      for (const notice of notices) {
        const { total, all } = await deliveries.counts(notice.id);
        lines.push({
          id: notice.id,
          what: KIND_RULES[notice.kind].words,
          reference: notice.facts.reference,
          kind: notice.kind,
          status: notice.status,
          dueAt: notice.dueAt,
          total,
          told: all.sent + all.delivered,
          failed: all.failed + all.bounced,
          unknown: all.unknown,
        });
      }
      return lines;
    },
  };
}
