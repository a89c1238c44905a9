import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { AudienceMember } from '../domain/audience.ts';
import type { DeliveryCounts, DeliveryStatus } from '../domain/delivery.ts';
import { NO_DELIVERIES, RESENDABLE, TOLD } from '../domain/delivery.ts';
import type { RecipientKind } from '../domain/recipient.ts';

/** The ledger of mails as people see it; how it is driven is in deliveries-ledger.ts. */
export interface DeliveryStore {
  counts(noticeId: number): Promise<NoticeCounts>;
  /** In these states, in the order of the audience. */
  inStates(noticeId: number, statuses: readonly DeliveryStatus[], limit?: number): Promise<readonly Delivery[]>;
  byId(id: number): Promise<Delivery | null>;
  /** Queues these again; only a person asks for it (rule 23). Gives how many. */
  requeue(noticeId: number, statuses: readonly DeliveryStatus[], code?: string): Promise<number>;
  /** What failed and has another address in today's lists gets that one. Gives how many. */
  readdress(noticeId: number, members: readonly AudienceMember[]): Promise<number>;
  /** A person decides about an unknown one: it arrived. */
  confirmSent(noticeId: number, code: string, at: string): Promise<boolean>;
}

export interface Delivery {
  readonly id: number;
  readonly noticeId: number;
  readonly code: string;
  readonly name: string;
  readonly kind: RecipientKind;
  readonly email: string | null;
  readonly telephone: string | null;
  readonly why: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly reply: string | null;
  readonly sentAt: string | null;
}

export interface NoticeCounts {
  readonly total: number;
  readonly all: DeliveryCounts;
  readonly commissioners: { readonly total: number; readonly told: number };
  readonly referrers: { readonly total: number; readonly told: number };
  readonly lastSentAt: string | null;
  /** Failed, with an address that could be tried again. */
  readonly resendable: number;
}

export function deliveryStore(db: Database): DeliveryStore {
  const rows = () => db.selectFrom('delivery').select(DELIVERY_COLUMNS);
  return {
    async counts(noticeId) {
      const groups = await db
        .selectFrom('delivery')
        .select(['kind', 'status'])
        .select((select) => [
          select.fn.countAll<number>().as('count'),
          select.fn
            .countAll<number>()
            .filterWhere('address_key', 'not like', NO_ADDRESS)
            .filterWhere('email', 'is not', null)
            .as('addressed'),
          select.fn.max('sent_at').as('last'),
        ])
        .where('notice_id', '=', noticeId)
        .groupBy(['kind', 'status'])
        .execute();
      return countsOf(groups);
    },
    inStates: (noticeId, statuses, limit = 100_000) =>
      rows()
        .where('notice_id', '=', noticeId)
        .where('status', 'in', [...statuses])
        .orderBy('id')
        .limit(limit)
        .execute(),
    async byId(id) {
      return (await rows().where('id', '=', id).executeTakeFirst()) ?? null;
    },
    async requeue(noticeId, statuses, code) {
      let update = db
        .updateTable('delivery')
        .set({ status: 'queued', attempts: 0, owner: null, due_at: (now) => now.fn('clock_timestamp') })
        .where('notice_id', '=', noticeId)
        .where('status', 'in', [...statuses])
        .where('address_key', 'not like', NO_ADDRESS)
        // Deleted after its time: there is nobody to send to.
        .where('email', 'is not', null);
      if (code !== undefined) update = update.where('code', '=', code);
      const { numUpdatedRows } = await update.executeTakeFirst();
      if (numUpdatedRows > 0n) {
        await db
          .updateTable('notice')
          .set({ status: 'sending', finished_at: null })
          .where('id', '=', noticeId)
          .where('status', '=', 'finished')
          .execute();
      }
      return Number(numUpdatedRows);
    },
    async readdress(noticeId, members) {
      const now = members
        .filter((one) => one.fault === null)
        .map(({ code, kind, key, email }) => ({ code, kind, key, email }));
      // One mail an address: of several that failed under one code, the first gets it.
      const { numAffectedRows } = await sql`
        update delivery set address_key = found.key, email = found.email
        from (
          select distinct on (now.key) delivery.id, now.key, now.email
          from delivery
          join (select distinct on (code, kind) * from jsonb_to_recordset(${JSON.stringify(now)}::jsonb)
              as given(code text, kind text, key text, email text)
            where not exists (select 1 from delivery as other
              where other.notice_id = ${noticeId} and other.address_key = given.key)
            order by code, kind, key) as now
            on now.code = delivery.code and now.kind = delivery.kind
          where delivery.notice_id = ${noticeId} and delivery.status in ('failed', 'bounced')
          order by now.key, delivery.id) as found
        where delivery.id = found.id`.execute(db);
      return Number(numAffectedRows ?? 0n);
    },
    async confirmSent(noticeId, code, at) {
      const { numUpdatedRows } = await db
        .updateTable('delivery')
        .set({ status: 'sent', sent_at: at })
        .where('notice_id', '=', noticeId)
        .where('code', '=', code)
        .where('status', '=', 'unknown')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

const DELIVERY_COLUMNS = [
  'id',
  'notice_id as noticeId',
  'code',
  'name',
  'kind',
  'email',
  'telephone',
  'why',
  'status',
  'attempts',
  'reply',
  'sent_at as sentAt',
] as const;

/** The key of a recipient without a usable address (recipient.ts). */
const NO_ADDRESS = 'no address: %';

interface Group {
  readonly kind: RecipientKind;
  readonly status: DeliveryStatus;
  readonly count: number;
  readonly addressed: number;
  readonly last: string | null;
}

function countsOf(groups: readonly Group[]): NoticeCounts {
  const all: Record<DeliveryStatus, number> = { ...NO_DELIVERIES };
  for (const group of groups) all[group.status] += group.count;
  const last =
    groups
      .map((group) => group.last ?? '')
      .sort()
      .at(-1) ?? '';
  return {
    total: sum(groups),
    all,
    commissioners: share(groups.filter((group) => group.kind === 'commissioner')),
    referrers: share(groups.filter((group) => group.kind === 'referrer')),
    lastSentAt: last === '' ? null : last,
    resendable: groups
      .filter((group) => RESENDABLE.includes(group.status))
      .reduce((total, group) => total + group.addressed, 0),
  };
}

function share(groups: readonly Group[]): { total: number; told: number } {
  return { total: sum(groups), told: sum(groups.filter((group) => TOLD.includes(group.status))) };
}

function sum(groups: readonly Group[]): number {
  return groups.reduce((total, group) => total + group.count, 0);
}
