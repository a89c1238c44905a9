import type { AsiDay, AsiPriority } from '../../src/domain/asi.ts';
import type { FindingKind } from '../../src/domain/finding.ts';
import type { DifferenceKind } from '../../src/domain/reconcile.ts';
import type { Id, Instant, Nullable } from './installation.ts';

/** A provider system as somebody read it on the screen (rule 26). */
export interface ScreenReadingTable {
  id: Id;
  plan_id: number;
  service_id: string;
  asid: string;
  by_id: number;
  at: Instant;
}

/** What differs from the plan after go-live; `source`: "screen", or "snapshot 3" (rule 26). */
export interface PlanDifferenceTable {
  plan_id: number;
  source: string;
  service_id: string;
  name: string;
  site: string;
  kind: DifferenceKind;
  detail: string;
  found_at: Instant;
  settled_by: Nullable<number>;
  settled_at: Nullable<Instant>;
  settled_note: Nullable<string>;
}

/** That a plan was compared with an extract of after its run: the last time for each extract (rule 26). */
export interface ExtractComparisonTable {
  plan_id: number;
  snapshot_id: number;
  as_planned: number;
  differences: number;
  by_id: number;
  at: Instant;
}

/** Did slots arrive at a site after the nightly poll? The newest answer counts (rule 25). */
export interface SiteMorningTable {
  id: Id;
  plan_id: number;
  site: string;
  arrived: boolean;
  note: Nullable<string>;
  by_id: number;
  at: Instant;
}

/** A total of appointment slot issues, never a patient's row (rule 26). */
export interface AsiCountTable {
  plan_id: number;
  day: AsiDay;
  service_id: string;
  priority: AsiPriority;
  count: number;
  by_id: number;
  at: Instant;
}

/** An alert that its owner settled, up to this count; never changed, only followed by another (rule 26). */
export interface AsiSettledTable {
  id: Id;
  plan_id: number;
  day: AsiDay;
  service_id: string;
  priority: AsiPriority;
  count: number;
  note: string;
  by_id: number;
  at: Instant;
}

/** Who answers for a difference or an alert in place of its role (rule 26). */
export interface FindingOwnerTable {
  plan_id: number;
  kind: FindingKind;
  service_id: string;
  owner_id: number;
  given_by: number;
  at: Instant;
}
