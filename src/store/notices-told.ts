import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Audience, AudienceMember } from '../domain/audience.ts';
import { MAY_HAVE_ARRIVED, TOLD } from '../domain/delivery.ts';
import type { Migration } from '../domain/migration.ts';
import type { NoticeKind } from '../domain/notice.ts';
import { addressKey } from '../domain/recipient.ts';
import { announcing } from './notices-announcing.ts';
import { recipientStore } from './recipients.ts';

/**
 * Only those who were told before: a reminder to those who got the first about this very outage and are not left out since, at
 * their address of today; a cancellation to all who may have it. Who was told by telephone alone is named in a cancellation,
 * for another call (rule 22).
 */
export async function toldBefore(
  db: Database,
  migration: Pick<Migration, 'id' | 'outage'>,
  kind: NoticeKind,
  today: Audience,
): Promise<Audience> {
  const cancels = kind === 'cancelled';
  const { without, englishOnly } = await recipientStore(db).rule(migration.id);
  const rows = cancels
    ? [...(await mayHaveIt(db, migration.id)), ...(await calledOnly(db, migration.id))]
    : await reached(db, migration);
  const languages = new Map(today.members.map(({ key, language }) => [key, language]));
  const left = new Set(cancels ? [] : without.filter((one) => one.instead === null).map((one) => one.code));
  const members = new Map<string, AudienceMember>();
  for (const { byMail, ...row } of rows) {
    if (left.has(row.code)) continue;
    const at = cancels ? row : atTodaysAddress(row, today.members);
    const language = englishOnly === null ? (languages.get(at.key) ?? row.language) : 'en';
    if (!members.has(at.key)) members.set(at.key, { ...at, language, fault: byMail ? null : 'telephoned', also: [] });
  }
  const ordered = [...members.values()].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'commissioner' ? -1 : 1));
  const { markedWelsh } = today;
  return { members: ordered, merged: 0, notInEffect: 0, leftOut: [], unmapped: 0, markedWelsh, englishOnly };
}

type Row = Pick<AudienceMember, 'key' | 'code' | 'name' | 'kind' | 'email' | 'telephone' | 'why' | 'language'>;
type ToldRow = Row & { readonly byMail: boolean };

/** Where a list was corrected, or another address is told instead: the first mail's address is of no use any more. */
function atTodaysAddress(row: Row, members: readonly AudienceMember[]): Row {
  const now = members.filter(({ code, kind, fault }) => code === row.code && kind === row.kind && fault === null);
  const [first] = now;
  if (first === undefined || now.some(({ key }) => key === row.key)) return row;
  return { ...row, key: first.key, email: first.email, why: first.why };
}

async function reached(db: Database, { id, outage }: Pick<Migration, 'id' | 'outage'>): Promise<readonly ToldRow[]> {
  if (outage === null) return [];
  const rows = await mails(db)
    .where('delivery.status', 'in', [...TOLD])
    .where(announcing(id, outage.from))
    .orderBy('delivery.id')
    .execute();
  return rows.map((row) => ({ ...row, byMail: true }));
}

async function mayHaveIt(db: Database, migrationId: number): Promise<readonly ToldRow[]> {
  const rows = await mails(db)
    .leftJoin('phone_call', (join) =>
      join.onRef('phone_call.notice_id', '=', 'notice.id').onRef('phone_call.code', '=', 'delivery.code'),
    )
    .select((eb) => eb('delivery.status', 'in', [...MAY_HAVE_ARRIVED]).as('byMail'))
    .where('notice.migration_id', '=', migrationId)
    .where('notice.test', '=', false)
    .where((eb) =>
      eb.or([eb('delivery.status', 'in', [...MAY_HAVE_ARRIVED]), eb('phone_call.done_at', 'is not', null)]),
    )
    .orderBy('byMail', 'desc')
    .orderBy('delivery.id')
    .execute();
  return rows.map((row) => ({ ...row, byMail: Boolean(row.byMail) }));
}

function mails(db: Database) {
  return db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .distinctOn('delivery.address_key')
    .select(['delivery.address_key as key', 'delivery.code', 'delivery.name', 'delivery.kind', 'delivery.email'])
    .select(['delivery.telephone', 'delivery.why', 'delivery.language'])
    .orderBy('delivery.address_key');
}

/** Telephoned, and no mail was ever made out to them: they came onto the list late, or share a mailbox. */
async function calledOnly(db: Database, migrationId: number): Promise<readonly ToldRow[]> {
  const { rows } = await sql<Omit<Row, 'key'>>`
    select distinct on (phone_call.code) phone_call.code, coalesce(listed.name, phone_call.code) as name,
      'commissioner' as kind, null as email, listed.telephone, 'told by telephone' as why, 'en' as language
    from phone_call
    left join recipient as listed on listed.migration_id = phone_call.migration_id
      and listed.code = phone_call.code and listed.kind = 'commissioner'
    where phone_call.migration_id = ${migrationId}
      and not exists (select from delivery join notice on notice.id = delivery.notice_id
        where notice.migration_id = ${migrationId} and not notice.test and delivery.code = phone_call.code)
    order by phone_call.code, listed.id`.execute(db);
  return rows.map((row) => ({ ...row, key: addressKey(row), byMail: false }));
}
