import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { AudienceMember } from '../domain/audience.ts';
import type { Notice, NoticeFacts, NoticeKind, ServiceLine } from '../domain/notice.ts';
import type { WordingEntry, WordingName } from '../domain/notice-wording.ts';
import { ADDRESS_FAULT_WORDS } from '../domain/recipient.ts';
import { NOTICE_COLUMNS, noticeOf } from './notices-rows.ts';

export interface NoticeStore {
  /** Writes the notice and one delivery a recipient, in the caller's transaction (rule 23). */
  create(notice: NewNotice, members: readonly AudienceMember[]): Promise<Notice>;
  byId(id: number): Promise<Notice | null>;
  byToken(token: string): Promise<Notice | null>;
  /** Oldest first; tests left out unless asked for. */
  list(migrationId: number, tests?: boolean): Promise<readonly Notice[]>;
  serviceList(id: number): Promise<readonly ServiceLine[]>;
  /** Has this very content been sent as a test to somebody, and not failed? */
  wasTested(migrationId: number, kind: NoticeKind, contentHash: string): Promise<boolean>;
  /** False when it was too late: all of it is sent. `why` where no person held it. */
  hold(id: number, now: string, why?: string): Promise<boolean>;
  /** Goes on where it was; `dueAt` is when. */
  goOn(id: number, dueAt: string): Promise<boolean>;
  /** For good; only what has not begun. */
  withdraw(id: number, now: string): Promise<boolean>;
  wording(migrationId: number): Promise<readonly WordingEntry[]>;
  setWording(migrationId: number, entries: readonly WordingEntry[], by: number, now: string): Promise<void>;
}

export interface NewNotice {
  readonly migrationId: number;
  readonly planId: number | null;
  readonly kind: NoticeKind;
  readonly test: boolean;
  readonly token: string;
  readonly contentHash: string;
  readonly facts: NoticeFacts;
  readonly serviceList: readonly ServiceLine[];
  readonly dueAt: string;
  readonly mailsPerMinute: number | null;
  readonly createdBy: number;
  readonly createdAt: string;
  /** The notices that this one takes the place of. */
  readonly replaces: number | null;
}

export function noticeStore(db: Database): NoticeStore {
  const notices = () => db.selectFrom('notice').select(NOTICE_COLUMNS);
  return {
    async create(given, members) {
      const row = await db
        .insertInto('notice')
        .values({
          migration_id: given.migrationId,
          plan_id: given.planId,
          kind: given.kind,
          test: given.test,
          token: given.token,
          content_hash: given.contentHash,
          facts: JSON.stringify(given.facts),
          service_list: JSON.stringify(given.serviceList),
          outage_from: given.facts.outage?.from ?? null,
          outage_to: given.facts.outage?.to ?? null,
          status: 'scheduled',
          due_at: given.dueAt,
          mails_per_minute: given.mailsPerMinute,
          created_by: given.createdBy,
          created_at: given.createdAt,
        })
        .returning(NOTICE_COLUMNS)
        .executeTakeFirstOrThrow();
      await addDeliveries(db, row.id, members);
      if (given.replaces !== null && !given.test) {
        await db
          .updateTable('notice')
          .set({ replaced_by: row.id })
          .where('id', '=', given.replaces)
          .where('replaced_by', 'is', null)
          .execute();
      }
      return noticeOf(row);
    },
    async byId(id) {
      const row = await notices().where('id', '=', id).executeTakeFirst();
      return row ? noticeOf(row) : null;
    },
    async byToken(token) {
      const row = await notices().where('token', '=', token).executeTakeFirst();
      return row ? noticeOf(row) : null;
    },
    async list(migrationId, tests = false) {
      const rows = await notices()
        .where('migration_id', '=', migrationId)
        .where('test', 'in', tests ? [true, false] : [false])
        .orderBy('id')
        .execute();
      return rows.map(noticeOf);
    },
    async serviceList(id) {
      const row = await db.selectFrom('notice').select('service_list').where('id', '=', id).executeTakeFirst();
      return row?.service_list ?? [];
    },
    async wasTested(migrationId, kind, contentHash) {
      const row = await db
        .selectFrom('notice')
        .innerJoin('delivery', 'delivery.notice_id', 'notice.id')
        .select('notice.id')
        .where('notice.migration_id', '=', migrationId)
        .where('notice.kind', '=', kind)
        .where('notice.test', '=', true)
        .where('notice.content_hash', '=', contentHash)
        .where('delivery.status', 'not in', ['failed', 'bounced'])
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async hold(id, now, why) {
      return changed(
        await db
          .updateTable('notice')
          .set({ status: 'held', held_at: now, held_why: why ?? null })
          .where('id', '=', id)
          .where('status', 'in', ['scheduled', 'sending'])
          .executeTakeFirst(),
      );
    },
    async goOn(id, dueAt) {
      return changed(
        await db
          .updateTable('notice')
          .set({ status: 'scheduled', held_at: null, held_why: null, due_at: dueAt })
          .where('id', '=', id)
          .where('status', '=', 'held')
          .executeTakeFirst(),
      );
    },
    async withdraw(id, now) {
      return changed(
        await db
          .updateTable('notice')
          .set({ status: 'withdrawn', finished_at: now })
          .where('id', '=', id)
          .where('status', 'in', ['scheduled', 'held'])
          .where('started_at', 'is', null)
          .executeTakeFirst(),
      );
    },
    async wording(migrationId) {
      const rows = await db
        .selectFrom('notice_wording')
        .select(['kind', 'field', 'text'])
        .where('migration_id', '=', migrationId)
        .orderBy('kind')
        .orderBy('field')
        .execute();
      return rows.map((row) => ({
        kind: row.kind as WordingEntry['kind'],
        field: row.field as WordingName,
        text: row.text,
      }));
    },
    async setWording(migrationId, entries, by, now) {
      for (const { kind, field, text } of entries) {
        await db
          .insertInto('notice_wording')
          .values({ migration_id: migrationId, kind, field, text, set_by: by, set_at: now })
          .onConflict((conflict) =>
            conflict.constraint('a_wording_stands_once').doUpdateSet({ text, set_by: by, set_at: now }),
          )
          .execute();
      }
    },
  };
}

/** One statement however many: who cannot be mailed stands there as failed, so that nobody is forgotten. */
async function addDeliveries(db: Database, noticeId: number, members: readonly AudienceMember[]): Promise<void> {
  if (members.length === 0) return;
  const rows = members.map((one) => ({
    ...one,
    status: one.fault === null ? 'queued' : 'failed',
    reply: one.fault === null ? null : ADDRESS_FAULT_WORDS[one.fault],
  }));
  await sql`
    insert into delivery
      (notice_id, address_key, code, name, kind, email, telephone, why, language, status, reply, due_at)
    select ${noticeId}::integer, key, code, name, kind, email, telephone, why, language, status, reply, clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(key text, code text, name text, kind text,
      email text, telephone text, why text, language text, status text, reply text)`.execute(db);
}

function changed(result: { numUpdatedRows: bigint }): boolean {
  return result.numUpdatedRows > 0n;
}
