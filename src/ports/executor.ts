import type { ReadBack } from '../domain/run-item.ts';
import type { Link } from '../domain/service.ts';

/** Changes services at an organisation's own automation, and says what they are linked to (rule 15). Never throws for what the other side does. */
export interface Executor {
  /** What the automation declares of itself, asked once a run. */
  limits(): Promise<LimitsOutcome>;
  /** Asks for one batch; `timeoutSeconds` is the request's deadline. */
  apply(items: readonly ExecutorItem[], timeoutSeconds: number): Promise<ApplyOutcome>;
  /** What a service is linked to now. */
  readBack(serviceId: string, timeoutSeconds: number): Promise<ReadBackOutcome>;
}

export interface ExecutorLimits {
  /** However long a request was answered late, after this many seconds the automation has finished with it. */
  readonly maximumSeconds: number;
  readonly maximumBatch: number;
}

export interface ExecutorItem {
  /** The idempotency key: the same for every attempt. */
  readonly key: string;
  readonly serviceId: string;
  readonly from: Link;
  readonly to: Link;
}

export type ItemOutcome =
  | { readonly kind: 'applied' }
  /** The automation says no: nothing was changed. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It may or may not have been changed: read back before anything else. */
  | { readonly kind: 'unknown'; readonly why: string };

export type ApplyOutcome =
  /** One outcome for each key that was asked, in the order asked; a key without an answer is unknown. */
  | { readonly kind: 'answered'; readonly items: ReadonlyMap<string, ItemOutcome> }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly why: string }
  /** Nothing was changed; ask again later. */
  | { readonly kind: 'retry-after'; readonly seconds: number; readonly why: string };

export type ReadBackOutcome =
  | { readonly kind: 'read'; readonly found: ReadBack }
  | { readonly kind: 'unreadable'; readonly why: string; readonly retryAfterSeconds: number | null };

export type LimitsOutcome =
  | { readonly kind: 'limits'; readonly limits: ExecutorLimits }
  | { readonly kind: 'unreadable'; readonly why: string };
