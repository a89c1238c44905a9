import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Account } from '../domain/person.ts';
import { hashOfToken, newToken } from '../kernel/token.ts';
import { PAGE_LINK_MINUTES, PAGE_SESSION_HOURS } from '../ports/page-sessions.ts';

export interface NewPageLink {
  readonly personId: number;
  readonly account: Account;
  readonly migrationId: number | null;
  readonly path: string;
}

/** Personal links, as verbs give them out and take them back. `now` is the system clock's, never the rehearsal's. */
export interface PageLinkStore {
  /** Gives the token, which is kept nowhere. */
  give(link: NewPageLink, now: Temporal.Instant): Promise<string>;
  /** Ends every link and session of these people. */
  endAllOf(personIds: readonly number[]): Promise<void>;
  /** Removes what ran out: sessions at once, links when nobody can have a session by them any more. */
  sweep(): Promise<void>;
}

export function pageLinkStore(db: Database): PageLinkStore {
  return {
    async give({ personId, account, migrationId, path }, now) {
      const token = newToken();
      await db
        .insertInto('page_link')
        .values({
          token_hash: hashOfToken('page-link', token),
          person_id: personId,
          platform: account.platform,
          tenant: account.tenant,
          user_id: account.userId,
          guest: account.guest,
          migration_id: migrationId,
          path,
          expires_at: now.add({ minutes: PAGE_LINK_MINUTES }).toString(),
        })
        .execute();
      return token;
    },
    async endAllOf(personIds) {
      if (personIds.length === 0) return;
      await db.deleteFrom('page_link').where('person_id', 'in', personIds).execute();
      await db.deleteFrom('page_session').where('person_id', 'in', personIds).execute();
    },
    async sweep() {
      const longAgo = sql<string>`clock_timestamp() - make_interval(hours => ${PAGE_SESSION_HOURS})`;
      await db.deleteFrom('page_link').where('expires_at', '<', longAgo).execute();
      await db.deleteFrom('page_session').where('expires_at', '<', sql<string>`clock_timestamp()`).execute();
    },
  };
}
