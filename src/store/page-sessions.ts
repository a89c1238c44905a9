import type { Connection, Database } from '../../db/connect.ts';
import type { PageOwner } from '../domain/page-link.ts';
import { type Platform, recordedAccount } from '../domain/person.ts';
import type { Clock } from '../kernel/clock.ts';
import { hashOfToken, newToken } from '../kernel/token.ts';
import { PAGE_SESSION_HOURS, type PageSessions } from '../ports/page-sessions.ts';
import { auditStore, chainOf } from './audit.ts';

export interface PageClocks {
  /** Judges links and sessions. */
  readonly system: Clock;
  /** Dates the record. */
  readonly domain: Clock;
}

/** Personal links and sessions on a database. A link's use is one statement, in one transaction with its audit event. */
export function pageSessions(connection: Connection, clocks: PageClocks): PageSessions {
  const { db } = connection;
  const now = () => clocks.system.now().toString();
  return {
    async look(linkToken) {
      const row = await linkBehind(db)
        .where('held.token_hash', '=', hashOfToken('page-link', linkToken))
        .executeTakeFirst();
      if (!row) return null;
      const { path, expires_at: until, used_at: used } = row;
      return { owner: toOwner(row), path, good: used === null && until > now() };
    },
    open: (linkToken) =>
      connection.transaction(async (trx) => {
        const link = await trx
          .updateTable('page_link')
          .set({ used_at: now() })
          .where('token_hash', '=', hashOfToken('page-link', linkToken))
          .where('used_at', 'is', null)
          .where('expires_at', '>', now())
          .returning(['person_id', 'platform', 'tenant', 'user_id', 'guest', 'migration_id', 'path'])
          .executeTakeFirst();
        if (!link) return null;
        const { path, migration_id: migrationId, ...who } = link;
        const sessionToken = newToken();
        await trx
          .insertInto('page_session')
          .values({
            ...who,
            token_hash: hashOfToken('page-session', sessionToken),
            started_at: now(),
            expires_at: clocks.system.now().add({ hours: PAGE_SESSION_HOURS }).toString(),
          })
          .execute();
        await auditStore(trx).append(chainOf(migrationId), [
          {
            at: clocks.domain.now().toString(),
            act: 'page.session-started',
            about: `person:${who.person_id}`,
            person: who.person_id,
            account: recordedAccount({ ...who, userId: who.user_id }, who.person_id),
            facts: {},
          },
        ]);
        return { sessionToken, path };
      }),
    async ownerOf(sessionToken) {
      const row = await sessionBehind(db)
        .where('held.token_hash', '=', hashOfToken('page-session', sessionToken))
        .where('held.expires_at', '>', now())
        .executeTakeFirst();
      return row ? toOwner(row) : null;
    },
    async end(sessionToken) {
      await db.deleteFrom('page_session').where('token_hash', '=', hashOfToken('page-session', sessionToken)).execute();
    },
  };
}

/** Only while the account is still that person's. */
function linkBehind(db: Database) {
  return db
    .selectFrom('page_link as held')
    .innerJoin('person', 'person.id', 'held.person_id')
    .innerJoin('account', (join) =>
      join
        .onRef('account.person_id', '=', 'held.person_id')
        .onRef('account.platform', '=', 'held.platform')
        .onRef('account.tenant', '=', 'held.tenant')
        .onRef('account.user_id', '=', 'held.user_id'),
    )
    .select([...OWNER, 'held.path', 'held.expires_at', 'held.used_at']);
}

function sessionBehind(db: Database) {
  return db
    .selectFrom('page_session as held')
    .innerJoin('person', 'person.id', 'held.person_id')
    .innerJoin('account', (join) =>
      join
        .onRef('account.person_id', '=', 'held.person_id')
        .onRef('account.platform', '=', 'held.platform')
        .onRef('account.tenant', '=', 'held.tenant')
        .onRef('account.user_id', '=', 'held.user_id'),
    )
    .select(OWNER);
}

const OWNER = [
  'held.person_id as personId',
  'person.name',
  'held.platform',
  'held.tenant',
  'held.user_id as userId',
  'held.guest',
] as const;

function toOwner(row: {
  personId: number;
  name: string;
  platform: Platform;
  tenant: string;
  userId: string;
  guest: boolean;
}): PageOwner {
  const { personId, name, ...account } = row;
  return { personId, name, account };
}
