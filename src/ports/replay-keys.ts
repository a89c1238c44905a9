/** What was handled before, by the name that the platform gave it: a request that comes twice is acted on once. */
export interface ReplayKeys {
  /** True the first time only, across all replicas. Rejects when that cannot be known: nothing may be done then. */
  claim(key: string): Promise<boolean>;
}
