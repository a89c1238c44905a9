import type { PlanState } from './plan.ts';
import type { LateEntry } from './run-answers.ts';
import type { SiteMorning } from './slot-poll.ts';
import type { Scenario, TestState } from './verification.ts';
import type { QuorumVerdict } from './verification-quorum.ts';

export interface VerificationAnswers {
  readonly 'verification.shown': VerificationFacts;
  readonly 'polls.shown': PollsFacts;
}

/** The summary card of what is checked after go-live; short at any size. */
export interface VerificationFacts {
  readonly zone: string;
  /** Freezes and the incident that stand, in sentences. */
  readonly standing: readonly string[];
  readonly plan: number;
  readonly state: PlanState;
  /** What was just said, for the asker. */
  readonly notice: string | null;
  readonly passed: number;
  readonly tests: number;
  readonly bySite: readonly { readonly site: string; readonly services: number; readonly done: number }[];
  /** Those that need somebody: failures first, then half done, then open; at most fifteen. */
  readonly waiting: readonly TestLine[];
  readonly waitingMore: number;
  readonly accepted: readonly TestLine[];
  readonly pollsSeen: number;
  readonly polls: number;
  readonly quorum: QuorumVerdict;
  /** Who tests how many services; null: nobody is named yet. */
  readonly testers: readonly { readonly name: string | null; readonly services: number }[];
  /** What sites said the morning after: did slots arrive with the nightly poll? Empty until one has answered. */
  readonly mornings: readonly SiteMorning[];
  /** Sites that have not answered. */
  readonly morningsOpen: readonly string[];
  /** What the checklist still has against completing (rule 7). */
  readonly closing: readonly string[];
  readonly last: { readonly by: string; readonly at: string; readonly what: string } | null;
  /** What was noted on paper and entered afterwards (rule 30): how many, and the newest few. */
  readonly late: LateEntries;
}

export interface LateEntries {
  readonly count: number;
  readonly newest: readonly LateEntry[];
}

export interface TestLine {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly scenario: Scenario;
  /** The scenario in words. */
  readonly what: string;
  readonly state: TestState;
  readonly seen: readonly string[];
  /** Who was named to test it. */
  readonly tester: string | null;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly by: string | null;
  readonly at: string | null;
}

export interface PollsFacts {
  readonly zone: string;
  readonly plan: number;
  readonly seen: number;
  readonly total: number;
  readonly notice: string | null;
  readonly late: LateEntries;
  /** Not seen first; at most twenty. */
  readonly lines: readonly {
    readonly serviceId: string;
    readonly name: string;
    readonly site: string;
    readonly why: string;
    readonly owner: string | null;
    readonly seenAt: string | null;
    readonly seenBy: string | null;
    readonly problem: string | null;
  }[];
  readonly more: number;
}
