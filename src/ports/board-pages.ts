import type { Card } from '../card/card.ts';
import type { AsiFacts } from '../domain/asi-shown.ts';
import type { HoursWeek } from '../domain/hours-week.ts';
import type { Barred, Offer } from '../domain/press.ts';
import type { Role } from '../domain/role.ts';

/** The boards of the migrations: read once a change, however many people look. */
export interface BoardFeed {
  /** The newest board of a migration, or null when there is none. */
  board(migrationId: number): Promise<Board | null>;
  /**
   * Gives the new board whenever it may have changed, until the function that comes back is called. Costs the database the same
   * for any number of watchers.
   */
  watch(migrationId: number, changed: (board: Promise<Board | null>) => void): () => void;
  /** No more calls. */
  stop(): Promise<void>;
}

/** One migration at one moment; the same for everybody but for what they may press. */
export interface Board {
  readonly migrationId: number;
  readonly name: string;
  readonly provider: string;
  readonly zone: string;
  /** ISO. */
  readonly at: string;
  /** Is a bulk update possible now, in one line. */
  readonly hours: { readonly verdict: 'open' | 'amber' | 'closed'; readonly text: string };
  /** What is going on, a line a plan. */
  readonly where: readonly string[];
  /** What stands between it and the next step; empty: nothing does. */
  readonly blocks: readonly string[];
  readonly sections: readonly BoardSection[];
  readonly week: HoursWeek | null;
  readonly people: readonly BoardPerson[];
}

export interface BoardSection {
  /** The anchor: "run", "plan-12". */
  readonly key: string;
  readonly title: string;
  /** What to type in the channel for the same. */
  readonly verb: string;
  /** Null: there is nothing yet, and `empty` says so. */
  readonly card: Card | null;
  readonly empty: string;
  /** What is drawn as a chart above the card; null: nothing. */
  readonly chart: Pick<AsiFacts, 'totals' | 'alertFrom'> | null;
}

/** Somebody with a role in the migration, and what waits for them. */
export interface BoardPerson {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The same in words. */
  readonly roleWords: readonly string[];
  readonly waits: readonly string[];
  /** Buttons that would do nothing for them now, and why. */
  readonly barred: readonly Barred[];
  readonly offers: readonly Offer[];
}
