import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';

/**
 * Notices that tell of this very outage; a test to oneself tells nobody. What was said before people heard of another outage,
 * or that there is none, counts no more: who was told of Tuesday, then of Friday, does not know that it is Tuesday again.
 */
export function announcing(migrationId: number, outageFrom: string, name = 'notice') {
  const notice = sql.table(name);
  return sql<boolean>`${notice}.migration_id = ${migrationId} and ${notice}.outage_from = ${outageFrom}::timestamptz
    and not ${notice}.test and ${notice}.status <> 'withdrawn' and ${notice}.kind in ('planned', 'moved', 'extended')
    and not exists (
      select from notice as later
      where later.migration_id = ${notice}.migration_id and later.id > ${notice}.id
        and not later.test and later.started_at is not null
        and (later.kind = 'cancelled'
          or (later.kind in ('planned', 'moved', 'extended') and later.outage_from <> ${notice}.outage_from)))`;
}

/**
 * A commissioner who is on the list for the day of the outage, and whom no notice of it was made out to; or only at a mailbox
 * that it shares with another one, and that the mail did not reach.
 */
export interface LateCommissioner {
  /** The newest notice of the outage. */
  readonly noticeId: number;
  readonly code: string;
  readonly name: string;
  readonly telephone: string | null;
  /** The code that the mail to the shared mailbox was made out to; null: none was. */
  readonly sharedWith: string | null;
  readonly phonedBy: number | null;
  readonly phonedAt: string | null;
}

/** Who came onto the list since, begins to be a commissioner in between, or shares a mailbox in vain: each has to be told too (rule 24). */
export async function lateCommissioners(
  db: Database,
  migrationId: number,
  outageFrom: string,
): Promise<readonly LateCommissioner[]> {
  const { rows } = await sql<LateCommissioner>`
    select distinct on (listed.code) newest.id as "noticeId", listed.code, listed.name, listed.telephone,
      (select min(delivery.code) from delivery join notice on notice.id = delivery.notice_id
        where ${announcing(migrationId, outageFrom)}
          and delivery.address_key = lower(trim(listed.email))) as "sharedWith",
      phone_call.done_by as "phonedBy", phone_call.done_at as "phonedAt"
    from recipient as listed
    join migration on migration.id = listed.migration_id
    join lateral (select max(notice.id) as id from notice where ${announcing(migrationId, outageFrom)}) as newest
      on newest.id is not null
    left join phone_call on phone_call.code = listed.code
      and phone_call.notice_id in (select notice.id from notice where ${announcing(migrationId, outageFrom)})
    where listed.migration_id = ${migrationId} and listed.kind = 'commissioner'
      and (${outageFrom}::timestamptz at time zone migration.zone)::date::text
        between coalesce(listed.effective_from, '') and coalesce(listed.effective_to, '9999-12-31')
      and not exists (
        select from delivery join notice on notice.id = delivery.notice_id
        where ${announcing(migrationId, outageFrom)}
          and (delivery.code = listed.code or (delivery.address_key = lower(trim(listed.email))
            and delivery.status not in ('failed', 'bounced', 'unknown'))))
    order by listed.code, phone_call.done_at nulls last`.execute(db);
  return rows;
}
