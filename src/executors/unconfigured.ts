import type { Executor } from '../ports/executor.ts';

const WHY = 'No automation is configured (EXECUTOR_URL): only guided runs are possible.';

/** Stands where no automation is configured: it changes nothing and says so. */
export const unconfiguredExecutor: Executor = {
  limits: async () => ({ kind: 'unreadable', why: WHY }),
  apply: async () => ({ kind: 'refused', reason: WHY }),
  readBack: async () => ({ kind: 'unreadable', why: WHY, retryAfterSeconds: null }),
};
