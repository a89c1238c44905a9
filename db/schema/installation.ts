import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** An instant: written and read as an ISO text ending in Z. */
export type Instant = string;
export type Json<T extends object | null> = JSONColumnType<T, string, string>;
export type Id = Generated<number>;
/** May be left out when a row is written: it is null then. */
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
export type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface InstallationTable {
  id: number;
  mode: 'rehearsal' | 'service';
  created_at: Instant;
}

export interface PersonTable {
  id: Id;
  name: string;
  email: string;
  telephone: string | null;
  created_at: Instant;
}

export interface AccountTable {
  id: Id;
  person_id: number;
  platform: 'slack' | 'teams' | 'chat' | 'cli' | 'page';
  tenant: string;
  user_id: string;
  guest: boolean;
  joined_at: Instant;
}

export interface MigrationTable {
  id: Id;
  name: string;
  provider_org: string;
  provider_name: string;
  old_asids: Json<readonly string[]>;
  new_asid: string;
  new_org: string | null;
  zone: string;
  outage_from: Nullable<Instant>;
  outage_to: Nullable<Instant>;
  old_pas_until: Nullable<Instant>;
  settings: Json<object>;
  contacts: Json<object>;
  created_by: number;
  created_at: Instant;
  hours_token: Generated<string>;
  outage_token: Generated<string>;
  /** Counts the changes of hours, stops, outages and calendars (a trigger keeps it). */
  time_version: Defaulted<number>;
}

export interface ChannelBindingTable {
  platform: string;
  tenant: string;
  channel_id: string;
  migration_id: number;
  bound_at: Instant;
}

export interface RoleGrantTable {
  id: Id;
  /** Null: the installation (administrators). */
  migration_id: number | null;
  person_id: number;
  role: string;
  granted_by: number | null;
  granted_at: Instant;
  revoked_by: number | null;
  revoked_at: Instant | null;
  /** Of a role that is lent for a time (rule 9): whose it is, and until when. */
  lent_by: Nullable<number>;
  lent_until: Nullable<Instant>;
}

export interface AuditHeadTable {
  chain: string;
  seq: number;
  hash: string;
}

export interface AuditEventTable {
  chain: string;
  seq: number;
  /** The exact text that was hashed; the other columns are derived from it. */
  text: string;
  hash: string;
  at: Instant;
  act: string;
  about: string;
  person_id: number | null;
}

export interface ReplayKeyTable {
  key: string;
  seen_at: Instant;
}

export interface JobRunTable {
  job: string;
  due_at: Instant;
  done_at: Instant | null;
}

export interface PostingTable {
  id: Id;
  kind: 'card' | 'call' | 'direct' | 'file';
  subject: string;
  migration_id: number;
  platform: string;
  tenant: string;
  channel_id: string;
  /** The platform's id of the posted message. */
  message_id: Nullable<string>;
  wanted_version: Defaulted<number>;
  posted_version: Defaulted<number>;
  /** An attempt ended without an answer: look for the message before posting again. */
  maybe_posted: Defaulted<boolean>;
  /** Of a call: what it says, and the ids of the people it needs. */
  message: Nullable<string>;
  people: Json<readonly number[]>;
  due_at: Instant;
  attempts: Defaulted<number>;
  owner: Nullable<string>;
  lease_until: Nullable<Instant>;
  state: Defaulted<'waiting' | 'posting' | 'posted' | 'failed'>;
  problem: Nullable<string>;
  created_at: Instant;
}

export interface ChannelTroubleTable {
  platform: string;
  tenant: string;
  channel_id: string;
  migration_id: number;
  problem: string;
  since: Instant;
}
