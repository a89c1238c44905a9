import type { Database } from '../../db/connect.ts';
import { KIND_RULES, NOTICE_KINDS, type Notice } from '../domain/notice.ts';
import type { OutageFeeds } from '../ports/outage-feed.ts';
import { noticeStore } from './notices.ts';

/** The calendars of outages on a database: what began to go out counts, never what is only planned (rule 22). Reads alone. */
export function outageFeeds(db: Database): OutageFeeds {
  return {
    async told(token) {
      const migration = await db
        .selectFrom('migration')
        .select('id')
        .where('outage_token', '=', token)
        .executeTakeFirst();
      const notice = migration ? await lastTold(db, migration.id) : null;
      return notice && { facts: notice.facts, noticeToken: notice.token };
    },
  };
}

/** The address of the calendar that a notice's page offers; null where there is nothing to follow. */
export async function outageTokenFor(db: Database, notice: Notice): Promise<string | null> {
  if (notice.test || (await lastTold(db, notice.migrationId)) === null) return null;
  const row = await db
    .selectFrom('migration')
    .select('outage_token')
    .where('id', '=', notice.migrationId)
    .executeTakeFirstOrThrow();
  return row.outage_token;
}

const WITH_EVENT = NOTICE_KINDS.filter((kind) => KIND_RULES[kind].calendar !== null);

/** The newest notice with a calendar event that began to go out: what its readers have in their calendars. */
async function lastTold(db: Database, migrationId: number): Promise<Notice | null> {
  const row = await db
    .selectFrom('notice')
    .select('token')
    .where('migration_id', '=', migrationId)
    .where('test', '=', false)
    .where('started_at', 'is not', null)
    .where('kind', 'in', WITH_EVENT)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? noticeStore(db).byToken(row.token) : null;
}
