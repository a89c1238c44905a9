import type { Database } from '../../db/connect.ts';
import type { Notice } from '../domain/notice.ts';
import { composeNotice } from '../domain/notice-facts.ts';
import { type Overtaken, overtaken } from '../domain/notice-overtaken.ts';
import { migrationStore } from './migrations.ts';
import { noticeStore } from './notices.ts';
import { noticeInput } from './notices-draft.ts';
import { NOTICE_COLUMNS, noticeOf } from './notices-rows.ts';
import { planLifeStore } from './plans-life.ts';

export interface NoticeOvertakenStore {
  /** Why its mails must not go out now; null where they may. */
  look(notice: Notice, now: Temporal.Instant): Promise<Overtaken | null>;
  /** Everything that goes out by itself, now or later; no tests. */
  goingOut(): Promise<readonly Notice[]>;
}

export function noticeOvertakenStore(db: Database): NoticeOvertakenStore {
  return {
    async look(notice, now) {
      const migration = await migrationStore(db).byId(notice.migrationId);
      const notices = await noticeStore(db).list(notice.migrationId);
      const plan = notice.planId === null ? null : await planLifeStore(db).byId(notice.planId);
      const isDue = notice.startedAt === null && Temporal.Instant.compare(notice.dueAt, now) <= 0;
      const earlier = notices.filter(({ id }) => id < notice.id);
      const input =
        migration !== null && plan !== null && isDue
          ? await noticeInput(db, { migration, kind: notice.kind, plan, earlier, now })
          : null;
      return overtaken(notice, {
        notices,
        outage: migration?.outage ?? null,
        plan,
        saysNow: input && composeNotice(input).facts,
        now,
      });
    },
    async goingOut() {
      const rows = await db
        .selectFrom('notice')
        .select(NOTICE_COLUMNS)
        .where('status', 'in', ['scheduled', 'sending'])
        .where('test', '=', false)
        .orderBy('id')
        .execute();
      return rows.map(noticeOf);
    },
  };
}
