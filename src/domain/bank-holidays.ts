/** The bank holidays that are known, ISO date to name. Beyond `coveredFrom` and `coveredTo` (both included) every day is closed (rule 11). */
export interface BankHolidays {
  /** Whose table this is, in words for the screen. */
  readonly source: string;
  readonly coveredFrom: string;
  readonly coveredTo: string;
  readonly days: ReadonlyMap<string, string>;
}
