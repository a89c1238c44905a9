import type { Migration } from '../domain/migration.ts';
import type { HoldReason } from '../domain/run.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Executor, ExecutorLimits } from '../ports/executor.ts';
import type { HeldRun } from '../store/runs-ledger.ts';
import type { Store } from '../store/store.ts';

/** May the next batch begin? Asked inside the transaction that writes the intention (rule 13). */
export type GateAnswer =
  | { readonly may: true }
  | { readonly may: false; readonly how: 'pause' | 'stop'; readonly reason: HoldReason; readonly words: string };
export type RunGate = (
  store: Store,
  question: { run: HeldRun; migration: Migration; now: Temporal.Instant; batchSeconds: number },
) => Promise<GateAnswer>;

export interface RunWork {
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  readonly executor: Executor;
  /** The domain's clock: it judges the window. */
  readonly clock: Clock;
  readonly owner: string;
  readonly log: Log;
  readonly gate: RunGate;
  /** Something was written that is to be posted. */
  readonly posted?: () => void;
  /** A request's deadline in seconds; else from what the automation declares. */
  readonly timeoutSeconds?: number;
}

/** One run while this process drives it. */
export interface Drive extends RunWork {
  readonly runId: number;
  readonly migration: Migration;
  readonly limits: ExecutorLimits;
  readonly requestSeconds: number;
  /** From the intention until an outcome may be asked for: the request's deadline and the declared maximum. */
  readonly doubtSeconds: number;
  readonly leaseSeconds: number;
}

export const LEASE_SECONDS = 20;
const SHORTEST_REQUEST = 2;
const LONGEST_REQUEST = 45;

export function driveOf(work: RunWork, runId: number, migration: Migration, limits: ExecutorLimits): Drive {
  const declared = Math.min(LONGEST_REQUEST, Math.max(SHORTEST_REQUEST, limits.maximumSeconds));
  const requestSeconds = work.timeoutSeconds ?? declared;
  return {
    ...work,
    runId,
    migration,
    limits,
    requestSeconds,
    doubtSeconds: requestSeconds + limits.maximumSeconds,
    leaseSeconds: LEASE_SECONDS,
  };
}
