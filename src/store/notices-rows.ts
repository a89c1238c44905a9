import type { Selectable } from 'kysely';
import type { NoticeTable } from '../../db/schema/notices.ts';
import type { Notice } from '../domain/notice.ts';

/** A notice without its list of services, which only its page needs. */
export const NOTICE_COLUMNS = [
  'id',
  'migration_id',
  'plan_id',
  'kind',
  'test',
  'token',
  'mail_key',
  'content_hash',
  'facts',
  'status',
  'due_at',
  'mails_per_minute',
  'created_by',
  'created_at',
  'started_at',
  'finished_at',
  'held_at',
  'held_why',
  'replaced_by',
] as const satisfies readonly (keyof NoticeTable)[];

export function noticeOf(row: Pick<Selectable<NoticeTable>, (typeof NOTICE_COLUMNS)[number]>): Notice {
  return {
    id: row.id,
    migrationId: row.migration_id,
    planId: row.plan_id,
    kind: row.kind,
    test: row.test,
    token: row.token,
    mailKey: row.mail_key,
    contentHash: row.content_hash,
    facts: row.facts,
    status: row.status,
    dueAt: row.due_at,
    mailsPerMinute: row.mails_per_minute,
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    heldAt: row.held_at,
    heldWhy: row.held_why,
    replacedBy: row.replaced_by,
  };
}
