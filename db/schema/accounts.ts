import type { Platform } from '../../src/domain/person.ts';
import type { Id, Instant, Nullable } from './installation.ts';

/** A code by which a person joins a second account; never the code itself (rule 9). */
export interface AccountLinkTable {
  id: Id;
  person_id: number;
  code_hash: string;
  made_at: Instant;
  expires_at: Instant;
  /** Of the account that typed the code; null until then. */
  platform: Nullable<Platform>;
  tenant: Nullable<string>;
  user_id: Nullable<string>;
  claimed_at: Nullable<Instant>;
  ended_at: Nullable<Instant>;
  ended_how: Nullable<'joined' | 'refused' | 'replaced'>;
}

/** A link to a personal page, by the hash of its token; used once. */
export interface PageLinkTable {
  id: Id;
  token_hash: string;
  person_id: number;
  platform: Platform;
  tenant: string;
  user_id: string;
  guest: boolean;
  migration_id: number | null;
  path: string;
  expires_at: Instant;
  used_at: Nullable<Instant>;
}

/** Somebody at the personal pages, by the hash of the cookie. A session that ended is no row any more. */
export interface PageSessionTable {
  id: Id;
  token_hash: string;
  person_id: number;
  platform: Platform;
  tenant: string;
  user_id: string;
  guest: boolean;
  started_at: Instant;
  expires_at: Instant;
}
