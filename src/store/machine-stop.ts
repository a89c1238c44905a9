import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Notice } from '../domain/notice.ts';
import type { Run } from '../domain/run.ts';
import { NOTICE_COLUMNS, noticeOf } from './notices-rows.ts';
import { toRun } from './runs-rows.ts';

/** What was under way when the machine stopped (contracts, Mail). */
export interface MachineStopStore {
  /** Runs that would go on by themselves, locked. */
  movingRuns(): Promise<readonly Run[]>;
  /** Holds every notice that would go out by itself; its mails that were on their way are unknown. A test is taken back. */
  holdNotices(now: string, why: string): Promise<readonly Notice[]>;
  /** The last mail of a notice that is noted as sent. */
  lastSent(noticeId: number): Promise<{ readonly code: string; readonly name: string; readonly at: string } | null>;
}

export function machineStopStore(db: Database): MachineStopStore {
  return {
    async movingRuns() {
      const rows = await db
        .selectFrom('run')
        .selectAll()
        .where('state', 'in', ['running', 'rolling-back'])
        .orderBy('id')
        .forUpdate()
        .execute();
      return rows.map(toRun);
    },
    async holdNotices(now, why) {
      const rows = await db
        .updateTable('notice')
        .set({
          status: sql`case when test then 'withdrawn' else 'held' end`,
          held_at: now,
          held_why: why,
          owner: null,
          lease_until: null,
        })
        .where('status', 'in', ['scheduled', 'sending'])
        .returning(NOTICE_COLUMNS)
        .execute();
      const ids = rows.map((row) => row.id);
      if (ids.length === 0) return [];
      await db
        .updateTable('delivery')
        .set({ status: 'unknown', reply: 'The machine stopped while this mail was on its way.', owner: null })
        .where('notice_id', 'in', ids)
        .where('status', '=', 'sending')
        .execute();
      await db
        .updateTable('delivery')
        .set({ status: 'failed', reply: 'The machine stopped before this test went out.' })
        .where('notice_id', 'in', (tests) =>
          tests.selectFrom('notice').select('id').where('id', 'in', ids).where('test', '=', true),
        )
        .where('status', '=', 'queued')
        .execute();
      return rows
        .map(noticeOf)
        .filter((notice) => !notice.test)
        .sort((a, b) => a.id - b.id);
    },
    async lastSent(noticeId) {
      const row = await db
        .selectFrom('delivery')
        .select(['code', 'name', 'sent_at as at'])
        .where('notice_id', '=', noticeId)
        .where('sent_at', 'is not', null)
        .orderBy('sent_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.at == null ? null : { ...row, at: row.at };
    },
  };
}
