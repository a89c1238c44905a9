import type { LeftOut } from '../../src/domain/audience.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import type { NoticeFacts, NoticeKind, NoticeStatus, ServiceLine } from '../../src/domain/notice.ts';
import type { RecipientKind } from '../../src/domain/recipient.ts';
import type { Language } from '../../src/kernel/voice.ts';
import type { Defaulted, Id, Instant, Json, Nullable } from './installation.ts';

/** A line of an uploaded recipients list. */
export interface RecipientTable {
  id: Id;
  migration_id: number;
  list: string;
  code: string;
  name: string;
  kind: RecipientKind;
  email: string | null;
  telephone: string | null;
  /** ISO days, both included. */
  effective_from: string | null;
  effective_to: string | null;
  language: Defaulted<Language>;
}

export interface AudienceRuleTable {
  migration_id: number;
  lists: Json<readonly string[] | null>;
  practices_of: Json<readonly string[]>;
  without: Json<readonly LeftOut[]>;
  /** Why nobody gets Welsh, in the words of whoever decided it. */
  english_only: Nullable<string>;
  set_by: number;
  set_at: Instant;
}

/** Which commissioner a code stands for, from when to when, and who says so (rule 20). */
export interface CommissionerMapTable {
  id: Id;
  migration_id: number;
  code: string;
  commissioner: string;
  /** ISO days, both included. */
  effective_from: string | null;
  effective_to: string | null;
  source: string;
  set_by: number;
  set_at: Instant;
}

export interface NoticeWordingTable {
  migration_id: number;
  kind: string;
  field: string;
  text: string;
  set_by: number;
  set_at: Instant;
}

/** Welsh words by the key of the text, with the English that they stand for. */
export interface NoticeWelshTable {
  migration_id: number;
  key: string;
  english: string;
  welsh: string;
  set_by: number;
  set_at: Instant;
}

export interface NoticeTable {
  id: Id;
  migration_id: number;
  plan_id: number | null;
  kind: NoticeKind;
  test: boolean;
  token: string;
  content_hash: string;
  facts: Json<NoticeFacts>;
  service_list: Json<readonly ServiceLine[]>;
  /** The outage that it announces, to find who was told of it. */
  outage_from: Instant | null;
  outage_to: Instant | null;
  status: NoticeStatus;
  due_at: Instant;
  mails_per_minute: number | null;
  created_by: number;
  created_at: Instant;
  started_at: Nullable<Instant>;
  finished_at: Nullable<Instant>;
  held_at: Nullable<Instant>;
  held_why: Nullable<string>;
  replaced_by: Nullable<number>;
  owner: Nullable<string>;
  lease_until: Nullable<Instant>;
  /** Random, made by the database; never shown (delivery-report.ts). */
  mail_key: Defaulted<string>;
}

/** The ledger: one mail to one recipient (rule 23). */
export interface DeliveryTable {
  id: Id;
  notice_id: number;
  address_key: string;
  code: string;
  name: string;
  kind: RecipientKind;
  email: string | null;
  telephone: string | null;
  why: string;
  language: Defaulted<Language>;
  status: DeliveryStatus;
  attempts: Defaulted<number>;
  /** When it may be tried, by the machine's clock. */
  due_at: Instant;
  owner: Nullable<string>;
  reply: Nullable<string>;
  /** By the domain's clock. */
  sent_at: Nullable<Instant>;
  /** The reports about it that were taken into account. */
  reports_seen: Nullable<readonly string[]>;
}

/** A telephone task done, by whom and when (rule 24). */
export interface PhoneCallTable {
  id: Id;
  migration_id: number;
  notice_id: number;
  code: string;
  note: string;
  done_by: number;
  done_at: Instant;
}

/** What a person decided about informing people of one outage: the rest of the referrers, a shorter lead (rule 24). */
export interface NoticeDecisionTable {
  migration_id: number;
  outage_from: Instant;
  what: 'rest' | 'lead';
  reason: string;
  decided_by: number;
  decided_at: Instant;
}

/** "Wrong address, or should someone else get this?": a task for the team (rule 22). */
export interface AddressReportTable {
  id: Id;
  notice_id: number;
  delivery_id: number | null;
  text: string;
  created_at: Instant;
  done_by: Nullable<number>;
  done_at: Nullable<Instant>;
}

/** The mailbox of mails that came back: how far it was read. By the database's clock. */
export interface MailboxTable {
  name: string;
  validity: Nullable<string>;
  last_mail: Defaulted<number>;
  due_at: Instant;
  owner: Nullable<string>;
  lease_until: Nullable<Instant>;
  read_at: Nullable<Instant>;
  problem: Nullable<string>;
  problem_since: Nullable<Instant>;
}

/** What the machine asked people to send, once. By the domain's clock. */
export interface NoticeOfferTable {
  migration_id: number;
  key: string;
  seen_at: Instant;
  called_at: Nullable<Instant>;
}
