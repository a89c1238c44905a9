import type { ByHandDecision, GuidedPlace, UndoRequest } from '../../src/domain/run.ts';
import type { Defaulted, Id, Instant, Json, Nullable } from './installation.ts';

export interface RunTable {
  id: Id;
  migration_id: number;
  plan_id: number;
  plan_hash: string;
  generation: number;
  direction: Defaulted<'forward' | 'undo'>;
  executor: 'guided' | 'http';
  state: string;
  hold_reason: Nullable<string>;
  hold_words: Nullable<string>;
  hold_at: Nullable<Instant>;
  started_by: number;
  started_at: Instant;
  runner_id: number;
  deputy_id: Nullable<number>;
  window_from: Instant;
  window_to: Instant;
  amber_reason: Nullable<string>;
  failures_in_a_row: Defaulted<number>;
  guided: Json<GuidedPlace | null>;
  undo: Json<UndoRequest | null>;
  by_hand: Json<readonly ByHandDecision[]>;
  called: Json<readonly string[]>;
  finished_at: Nullable<Instant>;
  /** Since when it goes on without a break, and how many were done before. */
  driven_since: Nullable<Instant>;
  done_before: Defaulted<number>;
  /** The process that drives it, by the machine's time. */
  owner: Nullable<string>;
  lease_until: Nullable<Instant>;
}

export interface RunItemTable {
  run_id: number;
  service_id: string;
  name: string;
  site: string;
  position: number;
  tick_group: number;
  from_org: string;
  from_asid: string;
  to_org: string;
  to_asid: string;
  direction: Defaulted<'forward' | 'undo'>;
  state: Defaulted<string>;
  in_doubt: Defaulted<boolean>;
  attempts: Defaulted<number>;
  owner: Nullable<string>;
  /** Not to be read back before: the request's deadline and the automation's declared maximum. */
  doubt_until: Nullable<Instant>;
  /** Not to be sent before (the automation asked to wait). */
  due_at: Nullable<Instant>;
  reason: Nullable<string>;
  claimed_by: Nullable<number>;
  claimed_at: Nullable<Instant>;
  done_by: Nullable<number>;
  /** When it happened. */
  settled_at: Nullable<Instant>;
  /** When it was typed in, where that was later (rule 30). */
  recorded_at: Nullable<Instant>;
}

/** Who did which step of a guided run when. */
export interface RunStepTable {
  id: Id;
  run_id: number;
  direction: 'forward' | 'undo';
  tick_group: number;
  step: string;
  what: string;
  person_id: number;
  at: Instant;
  seconds: number;
  recorded_at: Nullable<Instant>;
}
