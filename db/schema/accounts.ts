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
