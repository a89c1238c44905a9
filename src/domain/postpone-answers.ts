import type { PlanWindow } from './plan.ts';
import type { Span } from './postpone.ts';
import type { Opening } from './working-hours.ts';

export interface PostponeAnswers {
  readonly 'postpone.shown': PostponeFacts;
}

export interface PostponeFacts {
  readonly zone: string;
  readonly plan: number;
  readonly outage: Span | null;
  readonly oldPasUntil: string | null;
  readonly windows: readonly PlanWindow[];
  /** Where it could go: the reserves that are still ahead, and openings that fit. */
  readonly reserves: readonly PlanWindow[];
  readonly openings: readonly Opening[];
  /** Null while it is only asked. */
  readonly moved: {
    /** A run that has begun cannot move its outage: it ends later. */
    readonly kind: 'moved' | 'extended';
    readonly from: Span | null;
    /** What the change did to the votes, in words. */
    readonly votes: string | null;
    /** References of notices about the old time that were stopped before anybody got them, and of those held half-way. */
    readonly withdrawn: readonly string[];
    readonly held: readonly string[];
    readonly notice: MovedNotice;
  } | null;
}

/** The "moved" notice as it would go out now; `code` binds the button to these words and people. */
export type MovedNotice =
  | { readonly ready: true; readonly code: string; readonly mails: number; readonly plan: number | null }
  | { readonly ready: false; readonly why: string };
