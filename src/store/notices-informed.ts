import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { InformedState } from '../domain/notice-informed.ts';
import { announcing, type LateCommissioner, lateCommissioners } from './notices-announcing.ts';
import { welshFaultAhead } from './notices-welsh-status.ts';

/** Then the next one is a quarter of an hour away or more (delivery.ts). */
const TRIES_BEFORE_A_CALL = 4;

export interface InformedStore {
  /** Who has been told of this very outage (rule 24). `percent` is the share of referrers that is needed. */
  state(migrationId: number, outageFrom: string, percent: number): Promise<InformedState>;
  decide(migrationId: number, outageFrom: string, decision: Decision): Promise<void>;
  /** Commissioners that no mail has reached, with what is known for a telephone task, and the calls already made. */
  calls(migrationId: number, outageFrom: string): Promise<readonly PhoneTask[]>;
  /** False when it was made before. */
  phoned(
    call: { migrationId: number; noticeId: number; code: string; note: string },
    by: number,
    at: string,
  ): Promise<boolean>;
}

export interface Decision {
  readonly what: 'rest' | 'lead';
  readonly reason: string;
  readonly by: number;
  readonly at: string;
}

export interface PhoneTask {
  readonly noticeId: number;
  readonly code: string;
  readonly name: string;
  readonly telephone: string | null;
  /** What became of the mail. */
  readonly status: string;
  readonly reply: string | null;
  readonly phonedBy: number | null;
  readonly phonedAt: string | null;
}

export function informedStore(db: Database): InformedStore {
  return {
    async state(migrationId, outageFrom, percent) {
      const people = await told(db, migrationId, outageFrom);
      const late = await lateCommissioners(db, migrationId, outageFrom);
      const commissioners = [
        ...people.filter((one) => one.kind === 'commissioner'),
        ...late.map(({ code, name, phonedAt }) => ({ code, name, at: phonedAt })),
      ];
      const referrers = people.filter((one) => one.kind === 'referrer');
      const decisions = await db
        .selectFrom('notice_decision')
        .select(['what', 'reason', 'decided_by as by'])
        .where('migration_id', '=', migrationId)
        .where('outage_from', '=', outageFrom)
        .execute();
      const decided = (what: 'rest' | 'lead') => {
        const found = decisions.find((one) => one.what === what);
        return found ? { by: found.by, reason: found.reason } : null;
      };
      return {
        announced: people.length > 0,
        commissioners: {
          total: commissioners.length,
          told: commissioners.filter((one) => one.at !== null).length,
          left: commissioners.filter((one) => one.at === null).map(({ code, name }) => ({ code, name })),
        },
        referrers: { total: referrers.length, told: referrers.filter((one) => one.at !== null).length },
        toldAt: latest([...times(commissioners), ...times(referrers).slice(0, needed(referrers.length, percent))]),
        restAccepted: decided('rest'),
        shortLead: decided('lead'),
        welsh: await welshFaultAhead(db, migrationId, people.filter((one) => one.welsh).length),
      };
    },
    async decide(migrationId, outageFrom, { what, reason, by, at }) {
      await db
        .insertInto('notice_decision')
        .values({ migration_id: migrationId, outage_from: outageFrom, what, reason, decided_by: by, decided_at: at })
        .onConflict((conflict) =>
          conflict.constraint('rule_24_decided_once').doUpdateSet({ reason, decided_by: by, decided_at: at }),
        )
        .execute();
    },
    async calls(migrationId, outageFrom) {
      const rows = await sql<PhoneTask>`
        select distinct on (delivery.code) delivery.notice_id as "noticeId", delivery.code, delivery.name,
          delivery.telephone, delivery.status,
          case when ${stuck} then concat_ws(': ', case when notice.status = 'held' then 'the notice is on hold'
            else 'the mail has not gone yet and is tried again' end, delivery.reply) else delivery.reply end as reply,
          phone_call.done_by as "phonedBy", phone_call.done_at as "phonedAt"
        from delivery
        join notice on notice.id = delivery.notice_id
        left join phone_call on phone_call.notice_id = notice.id and phone_call.code = delivery.code
        where ${announcing(migrationId, outageFrom)} and delivery.kind = 'commissioner'
          and (delivery.status in ('failed', 'bounced', 'unknown') or ${stuck})
          and not exists (select 1 from delivery as other join notice as n on n.id = other.notice_id
            where ${announcing(migrationId, outageFrom, 'n')} and other.code = delivery.code and other.status in ('sent', 'delivered'))
        order by delivery.code, phone_call.done_at nulls last, delivery.id desc`.execute(db);
      const late = await lateCommissioners(db, migrationId, outageFrom);
      return [...rows.rows, ...late.map((one) => ({ ...one, status: 'not sent', reply: whyLate(one) }))];
    },
    async phoned(call, by, at) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('phone_call')
        .values({
          migration_id: call.migrationId,
          notice_id: call.noticeId,
          code: call.code,
          note: call.note,
          done_by: by,
          done_at: at,
        })
        .onConflict((conflict) => conflict.constraint('rule_24_phoned_once').doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
  };
}

function whyLate({ sharedWith }: LateCommissioner): string {
  return sharedWith === null
    ? 'on the list since the notice was made'
    : `shares a mailbox with ${sharedWith}, and the mail did not reach it`;
}

/** Not gone for longer than a few tries take, or held back: the telephone need not wait for it. */
const stuck = sql<boolean>`(delivery.status in ('queued', 'sending')
  and (notice.status = 'held' or (delivery.status = 'queued' and delivery.attempts >= ${TRIES_BEFORE_A_CALL})))`;

interface ToldRow {
  readonly code: string;
  readonly name: string;
  readonly kind: 'commissioner' | 'referrer';
  /** When they were told first, by mail or telephone; null: not yet. */
  readonly at: string | null;
  /** Their mail is in Welsh too. */
  readonly welsh: boolean;
}

/** One row an organisation that any announcing notice of this outage was meant for. */
async function told(db: Database, migrationId: number, outageFrom: string): Promise<readonly ToldRow[]> {
  const { rows } = await sql<ToldRow>`
    select delivery.kind, delivery.code, min(delivery.name) as name, bool_or(delivery.language = 'cy') as welsh,
      least(min(delivery.sent_at) filter (where delivery.status in ('sent', 'delivered')), min(phone_call.done_at)) as at
    from delivery
    join notice on notice.id = delivery.notice_id
    left join phone_call on phone_call.notice_id = notice.id and phone_call.code = delivery.code
    where ${announcing(migrationId, outageFrom)}
    group by delivery.kind, delivery.code
    order by delivery.kind, delivery.code`.execute(db);
  return rows;
}

/** Of so many referrers, how many make the share. */
function needed(total: number, percent: number): number {
  return Math.ceil((total * percent) / 100);
}

function times(rows: readonly Pick<ToldRow, 'at'>[]): string[] {
  return rows.flatMap((row) => row.at ?? []).sort();
}

function latest(all: readonly string[]): string | null {
  return all.toSorted().at(-1) ?? null;
}
