import type { Mark, Scenario } from '../../src/domain/verification.ts';
import type { Id, Instant, Nullable } from './installation.ts';

/** A manual slot poll of a service on go-live day (rule 25): one row once somebody took it or ticked it. */
export interface SlotPollTable {
  plan_id: number;
  service_id: string;
  owner_id: Nullable<number>;
  seen_by: Nullable<number>;
  seen_at: Nullable<Instant>;
  problem: Nullable<string>;
  /** When "slots seen" was typed in, where that was later (rule 30). */
  recorded_at: Nullable<Instant>;
}

/** Who tests a verification service (rule 25). */
export interface VerificationTesterTable {
  plan_id: number;
  service_id: string;
  tester_id: number;
}

/** What was said about a scenario of a verification service; never changed, only followed by another (rule 25). */
export interface VerificationEventTable {
  id: Id;
  plan_id: number;
  service_id: string;
  scenario: Scenario;
  kind: 'seen' | 'failed' | 'could-not' | 'accepted';
  mark: Nullable<Mark>;
  reason: Nullable<string>;
  reference: Nullable<string>;
  person_id: number;
  at: Instant;
  /** When it was typed in, where that was later (rule 30). */
  recorded_at: Nullable<Instant>;
}
