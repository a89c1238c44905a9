import type { HoursFeed } from '../domain/hours-feed.ts';
import type { HoursWeek } from '../domain/hours-week.ts';

/** A migration's hours for whoever holds its address; a token that nobody was given finds nothing. Looking changes nothing. */
export interface HoursPages {
  /** The week of that day (ISO date); of today where none is given. Null too for what is no day, or too far off. */
  week(token: string, day: string | null): Promise<HoursWeek | null>;
  /** What a calendar program is told: from today on, some 60 days. */
  feed(token: string): Promise<HoursFeed | null>;
}
