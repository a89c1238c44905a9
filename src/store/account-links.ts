import type { Database } from '../../db/connect.ts';
import type { OpenLink } from '../domain/joining.ts';
import type { Account } from '../domain/person.ts';

export interface AccountLinkStore {
  /** Gives a person a code, kept as its hash; an earlier one ends. */
  open(personId: number, codeHash: string, now: string, expiresAt: string): Promise<void>;
  /** The person's open code, or null. */
  openOf(personId: number, now: string): Promise<OpenLink | null>;
  /**
   * The one use of a code, by an account that nobody has: two at the same moment, and one gets it. Null where there is no such
   * code, or it ran out, was used, or ended: nothing says which.
   */
  claim(codeHash: string, account: Account, now: string): Promise<OpenLink | null>;
  end(id: number, how: 'joined' | 'refused', now: string): Promise<void>;
}

export function accountLinkStore(db: Database): AccountLinkStore {
  const columns = ['id', 'person_id', 'expires_at', 'platform', 'tenant', 'user_id'] as const;
  return {
    async open(personId, codeHash, now, expiresAt) {
      await db
        .updateTable('account_link')
        .set({ ended_at: now, ended_how: 'replaced' })
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .execute();
      await db
        .insertInto('account_link')
        .values({ person_id: personId, code_hash: codeHash, made_at: now, expires_at: expiresAt })
        .execute();
    },
    async openOf(personId, now) {
      const row = await db
        .selectFrom('account_link')
        .select(columns)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now)
        .forUpdate()
        .executeTakeFirst();
      return row ? toOpenLink(row) : null;
    },
    async claim(codeHash, account, now) {
      const row = await db
        .updateTable('account_link')
        .set({ platform: account.platform, tenant: account.tenant, user_id: account.userId, claimed_at: now })
        .where('code_hash', '=', codeHash)
        .where('claimed_at', 'is', null)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now)
        .returning(columns)
        .executeTakeFirst();
      return row ? toOpenLink(row) : null;
    },
    async end(id, how, now) {
      await db
        .updateTable('account_link')
        .set({ ended_at: now, ended_how: how })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .execute();
    },
  };
}

function toOpenLink(row: {
  id: number;
  person_id: number;
  expires_at: string;
  platform: Account['platform'] | null;
  tenant: string | null;
  user_id: string | null;
}): OpenLink {
  const { platform, tenant, user_id: userId } = row;
  return {
    id: row.id,
    personId: row.person_id,
    expiresAt: row.expires_at,
    account: platform && tenant && userId ? { platform, tenant, userId, guest: false } : null,
  };
}
