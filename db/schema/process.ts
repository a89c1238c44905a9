import type { Instant } from './installation.ts';

/** A process that drives runs, sendings or postings. It lives as long as its advisory lock is held. */
export interface ProcessTable {
  owner: string;
  lock_key: number;
  started_at: Instant;
}
