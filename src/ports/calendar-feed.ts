/** Fetches a calendar from where somebody keeps it: outside any transaction. Refuses "calendar-address" and "calendar-unreachable". */
export interface CalendarFeed {
  /** Checks the address without asking it: https, no name and password in it. */
  check(url: string): URL;
  /** The text, at most 1 MB, in at most 15 seconds. */
  fetch(url: string): Promise<string>;
}
