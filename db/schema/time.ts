import type { HoursPolicy } from '../../src/domain/hours-policy.ts';
import type { Id, Instant, Json, Nullable } from './installation.ts';

/** A migration's own working hours; without a row the defaults hold (rule 11). */
export interface HoursPolicyTable {
  migration_id: number;
  policy: Json<HoursPolicy>;
  set_by: number;
  set_at: Instant;
}

/** A freeze, or the national incident's switch (rule 11). It ends at `ends_at`, or when somebody lifts it. */
export interface TimeStopTable {
  id: Id;
  migration_id: number;
  rule: 'freeze' | 'incident';
  starts_at: Instant;
  ends_at: Nullable<Instant>;
  reason: string;
  set_by: number;
  set_at: Instant;
  lifted_by: Nullable<number>;
  lifted_at: Nullable<Instant>;
}

/** A planned e-RS outage as somebody read it on the live service pages, or noted from elsewhere. */
export interface ErsOutageTable {
  id: Id;
  migration_id: number;
  starts_at: Instant;
  ends_at: Instant;
  source: string;
  noted_by: number;
  noted_at: Instant;
  removed_by: Nullable<number>;
  removed_at: Nullable<Instant>;
}

/** Somebody looked at the live service pages: "checked at TIME, page, none". It counts for a day (rule 11). */
export interface ErsOutageCheckTable {
  id: Id;
  migration_id: number;
  checked_at: Instant;
  page: string;
  found: 'none' | 'noted';
  person_id: number;
  noted_at: Instant;
}

/** A plan's window (position 0) and up to three reserves (rule 8). */
export interface PlanWindowTable {
  plan_id: number;
  position: number;
  starts_at: Instant;
  ends_at: Instant;
  reserved_by: number;
  reserved_at: Instant;
}

/** An answer to a part of the go (rule 13); all are kept, the latest counts. */
export interface GoAnswerTable {
  id: Id;
  plan_id: number;
  part: 'new-pas-live' | 'two-definers' | 'no-incident' | 'lead';
  said: 'yes' | 'no';
  note: Nullable<string>;
  person_id: number;
  at: Instant;
}
