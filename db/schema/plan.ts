import type { ColumnType } from 'kysely';
import type { Lent } from '../../src/domain/approval.ts';
import type { PlanKind, PlanState } from '../../src/domain/plan.ts';
import type { ServiceWarning } from '../../src/domain/plan-warning.ts';
import type { Role } from '../../src/domain/role.ts';
import type { Selection } from '../../src/domain/selection.ts';
import type { Defaulted, Id, Instant, Json, Nullable } from './installation.ts';

export interface PlanTable {
  id: Id;
  migration_id: number;
  number: number;
  kind: PlanKind;
  state: PlanState;
  state_since: Instant;
  snapshot_id: number;
  selection: Json<Selection>;
  target_asid: string;
  target_org: string | null;
  author_id: number;
  last_editor_id: number;
  runner_id: number | null;
  deputy_id: number | null;
  verification: Json<readonly string[]>;
  /** What was warned of when the services were saved, by kind. */
  warnings: Json<Readonly<Partial<Record<ServiceWarning, number>>>>;
  /** Of the newest version; null until the first submit. */
  hash: Nullable<string>;
  code: Nullable<string>;
  last_act: Nullable<string>;
  last_act_at: Nullable<Instant>;
  created_at: Instant;
}

/** A service in a plan. While the plan is live it is in no other (rule 4: `rule_4_one_live_plan_a_service`). */
export interface PlanServiceTable {
  plan_id: number;
  service_id: string;
  name: string;
  site: string;
  specialty: string | null;
  from_org: string;
  from_asid: string;
  to_org: string;
  to_asid: string;
  published: boolean;
  two_week_wait: boolean;
  business_critical: boolean;
  on_secondary_care_menu: boolean;
  slot_reservation_period: number;
  live: Defaulted<boolean>;
}

/** What a card showed under a code: the exact text that was hashed, and what had changed (rule 8). */
export interface PlanVersionTable {
  id: Id;
  plan_id: number;
  hash: string;
  code: string;
  inputs: string;
  changes: Json<readonly string[]>;
  /** Ids of the business-critical services then: taking one off voids all votes (rule 10). */
  critical: Json<readonly string[]>;
  by_id: number | null;
  at: Instant;
}

/** One person, one vote (`rule_9_one_person_one_vote`). A vote that no longer stands keeps its row and says why. */
export interface VoteTable {
  id: Id;
  plan_id: number;
  person_id: number;
  /** The hash on the card that was clicked. */
  cast_on: string;
  /** The hash that it counts for now (rule 10). */
  counts_for: string;
  roles: Json<readonly Role[]>;
  /** Of those roles, which were lent, by whom. */
  lent: ColumnType<Lent | null, string | null | undefined, string | null>;
  at: Instant;
  ended_at: Nullable<Instant>;
  ended_why: Nullable<string>;
}

/** A person's tick on an operational consideration (rule 7). Earlier ticks are in the audit. */
export interface ChecklistMarkTable {
  migration_id: number;
  key: string;
  person_id: number;
  at: Instant;
  evidence: string;
  target: string;
  practice_plan_id: Nullable<number>;
}

/** A person compared a site's list in an import with the live screen (rule 6). */
export interface SiteComparisonTable {
  id: Id;
  snapshot_id: number;
  organisation: string;
  site: string;
  person_id: number;
  at: Instant;
  /** How many more the screen listed than the import; null where they matched. */
  differs_by: Nullable<number>;
  /** Why the difference does not matter. */
  accepted_because: Nullable<string>;
}

/** Who wants to know when another plan lets services go (rule 4). */
export interface PlanWaitTable {
  holder_id: number;
  person_id: number;
  plan_id: Nullable<number>;
  service_ids: Json<readonly string[]>;
  at: Instant;
}
