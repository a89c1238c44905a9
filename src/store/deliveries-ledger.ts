import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Settled } from '../domain/delivery.ts';
import type { Notice } from '../domain/notice.ts';
import type { RecipientKind } from '../domain/recipient.ts';
import type { Language } from '../kernel/voice.ts';
import { NOTICE_COLUMNS, noticeOf } from './notices-rows.ts';

/**
 * The ledger of mails as the sending process drives it (rule 23). One process drives all that is due, by a lease on the
 * notices' rows, so that rate and concurrency are global; leases and back-off are by the machine's clock in the database,
 * `now` is the domain's.
 */
export interface DeliveryLedger {
  /** Takes the notices that are due, unless another living process drives any. What a dead owner had under way is unknown. */
  take(owner: string, now: string, leaseSeconds: number): Promise<readonly Notice[]>;
  /** Renews the lease; the ids of those that still are the owner's and not held. */
  renew(owner: string, leaseSeconds: number): Promise<readonly number[]>;
  /** Lets go of everything, so that another process need not wait. */
  letGo(owner: string): Promise<void>;
  /** Writes the intention before the act: up to `limit` queued mails become `sending`. None once it is held or not ours. */
  claim(noticeId: number, owner: string, limit: number): Promise<readonly Claimed[]>;
  /** Writes what came of them. A late result may turn `unknown` into what it is; nothing else is touched. */
  settle(owner: string, results: readonly SettledDelivery[], at: string): Promise<void>;
  /** Seconds until a mail of this notice may be tried again; null where nothing waits. */
  nextDue(noticeId: number): Promise<number | null>;
  /** Marks it finished when nothing is queued or on its way; true if it was this call. */
  finish(noticeId: number, owner: string, now: string): Promise<boolean>;
  /** The domain's time at which the next scheduled notice is due. */
  nextScheduled(): Promise<string | null>;
}

export interface Claimed {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: RecipientKind;
  readonly email: string;
  readonly why: string;
  readonly language: Language;
  readonly attempts: number;
}

export interface SettledDelivery extends Settled {
  readonly id: number;
}

export function deliveryLedger(db: Database): DeliveryLedger {
  const leased = (seconds: number) => sql<string>`clock_timestamp() + make_interval(secs => ${seconds})`;
  return {
    async take(owner, now, leaseSeconds) {
      await sql`select pg_advisory_xact_lock(hashtext('changeover: sending'))`.execute(db);
      const rows = await db
        .updateTable('notice')
        .set({
          owner,
          lease_until: leased(leaseSeconds),
          status: 'sending',
          started_at: sql`coalesce(started_at, ${now}::timestamptz)`,
        })
        .where('status', 'in', ['scheduled', 'sending'])
        .where('due_at', '<=', now)
        .where(sql<boolean>`not exists (select 1 from notice as other
          where other.owner <> ${owner} and other.lease_until > clock_timestamp())`)
        .returning(NOTICE_COLUMNS)
        .execute();
      await orphansUnknown(
        db,
        owner,
        rows.map((row) => row.id),
      );
      return rows.map(noticeOf).sort((a, b) => Number(b.test) - Number(a.test) || a.id - b.id);
    },
    async renew(owner, leaseSeconds) {
      const rows = await db
        .updateTable('notice')
        .set({ lease_until: leased(leaseSeconds) })
        .where('owner', '=', owner)
        .where('status', '=', 'sending')
        .where(sql<boolean>`lease_until > clock_timestamp()`)
        .returning('id')
        .execute();
      return rows.map((row) => row.id);
    },
    async letGo(owner) {
      await db.updateTable('notice').set({ owner: null, lease_until: null }).where('owner', '=', owner).execute();
    },
    async claim(noticeId, owner, limit) {
      const { rows } = await sql<Claimed>`
        update delivery set status = 'sending', owner = ${owner}, attempts = attempts + 1
        from (select id from delivery
          where notice_id = ${noticeId} and status = 'queued' and due_at <= clock_timestamp()
            and exists (select 1 from notice
              where notice.id = ${noticeId} and notice.status = 'sending' and notice.owner = ${owner})
          order by due_at, id limit ${limit} for update skip locked) as due
        where delivery.id = due.id
        returning delivery.id, code, name, kind, email, why, language, attempts`.execute(db);
      return rows;
    },
    async settle(owner, results, at) {
      if (results.length === 0) return;
      await sql`
        update delivery set
          status = result.status,
          reply = result.reply,
          owner = null,
          sent_at = case when result.status = 'sent' then ${at}::timestamptz else sent_at end,
          due_at = case when result.status = 'queued'
            then clock_timestamp() + make_interval(secs => result."retryAfterSeconds") else due_at end
        from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
          as result(id integer, status text, reply text, "retryAfterSeconds" integer)
        where delivery.id = result.id and delivery.owner = ${owner}
          and (delivery.status = 'sending' or (delivery.status = 'unknown' and result.status in ('sent', 'failed')))`.execute(
        db,
      );
    },
    async nextDue(noticeId) {
      const row = await db
        .selectFrom('delivery')
        .select(sql<number | null>`ceil(extract(epoch from min(due_at) - clock_timestamp()))::integer`.as('seconds'))
        .where('notice_id', '=', noticeId)
        .where('status', '=', 'queued')
        .executeTakeFirst();
      return row?.seconds ?? null;
    },
    async finish(noticeId, owner, now) {
      const { numUpdatedRows } = await db
        .updateTable('notice')
        .set({ status: 'finished', finished_at: now, owner: null, lease_until: null })
        .where('id', '=', noticeId)
        .where('owner', '=', owner)
        .where('status', '=', 'sending')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('delivery')
                .select('delivery.id')
                .where('notice_id', '=', noticeId)
                .where('delivery.status', 'in', ['queued', 'sending']),
            ),
          ),
        )
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async nextScheduled() {
      const row = await db
        .selectFrom('notice')
        .select((select) => select.fn.min('due_at').as('due'))
        .where('status', 'in', ['scheduled', 'sending'])
        .executeTakeFirst();
      return row?.due ?? null;
    },
  };
}

/** What another owner had on its way may have gone out: for a person to decide, never sent again by the machine. */
async function orphansUnknown(db: Database, owner: string, noticeIds: readonly number[]): Promise<void> {
  if (noticeIds.length === 0) return;
  await db
    .updateTable('delivery')
    .set({ status: 'unknown', reply: 'The program stopped while this mail was on its way.' })
    .where('notice_id', 'in', [...noticeIds])
    .where('status', '=', 'sending')
    .where('owner', '<>', owner)
    .execute();
}
