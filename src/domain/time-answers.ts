import type { GoPart } from './go.ts';
import type { CalendarOutage } from './outage-calendar.ts';
import type { PlanWindow } from './plan.ts';
import type { PostponeAnswers } from './postpone-answers.ts';
import type { Needed } from './run-gate.ts';
import type { ErsOutage, ErsOutageCheck, SetStop } from './time-rules.ts';
import type { Verdict } from './verdict.ts';
import type { RuleSaid } from './why.ts';
import type { Interval, Opening } from './working-hours.ts';

export interface TimeAnswers extends PostponeAnswers {
  readonly 'hours.listed': HoursFacts;
  readonly 'hours.feed': HoursFeedFacts;
  readonly 'why.explained': WhyFacts;
  readonly 'outage.shown': OutageFacts;
  readonly 'windows.shown': WindowsFacts;
  readonly 'stops.shown': StopsFacts;
  readonly 'go.shown': GoFacts;
}

export interface HoursFacts {
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly closed: string;
  readonly amber: string;
  readonly intervals: readonly Interval[];
  /** The week drawn, for who holds a role in the migration; null where there is no address for it. */
  readonly page: string | null;
}

/** Where the hours can be looked at without a login: the page, and what a calendar program subscribes to. */
export interface HoursFeedFacts {
  readonly page: string;
  readonly calendar: string;
  readonly renewed: boolean;
}

export interface WhyFacts {
  readonly zone: string;
  readonly at: string;
  readonly verdict: Verdict;
  readonly until: string | null;
  readonly rules: readonly RuleSaid[];
  /** What the openings have room for; null without a plan: then an hour is looked for. */
  readonly plan: number | null;
  readonly neededSeconds: number;
  readonly openings: readonly Opening[];
  readonly page: string | null;
}

export interface OutageFacts {
  readonly zone: string;
  readonly outage: { readonly from: string; readonly to: string } | null;
  readonly oldPasUntil: string | null;
  readonly ersOutages: readonly ErsOutage[];
  readonly calendars: readonly {
    readonly id: number;
    readonly name: string;
    readonly isAddress: boolean;
    readonly copiedAt: string;
    readonly problem: string | null;
    readonly addedBy: string;
    /** How many outages are not over yet, and the next three. */
    readonly ahead: number;
    readonly next: readonly CalendarOutage[];
  }[];
  /** A person's look, or a calendar's where that is younger. */
  readonly lastCheck: ErsOutageCheck | null;
  /** Until when the last look counts for a start; null without one. */
  readonly checkCountsUntil: string | null;
  readonly checkCounts: boolean;
  readonly changed: 'outage' | 'checked' | 'planned' | 'removed' | 'calendar' | 'forgotten' | null;
}

export interface WindowsFacts {
  readonly zone: string;
  readonly plan: number;
  readonly services: number;
  readonly needed: Needed;
  readonly neededSeconds: number;
  readonly windows: readonly (PlanWindow & {
    readonly lastStart: string;
    readonly amber: boolean;
    readonly problem: string | null;
  })[];
  readonly openings: readonly Opening[];
  readonly changed: 'reserved' | 'removed' | null;
  /** What the change did to the votes, in words; null where there were none. */
  readonly votes: string | null;
}

export interface StopsFacts {
  readonly zone: string;
  readonly freezes: readonly SetStop[];
  readonly incident: SetStop | null;
  readonly changed: 'frozen' | 'unfrozen' | 'declared' | 'over' | null;
  readonly count: number;
}

export interface GoFacts {
  readonly zone: string;
  readonly plan: number;
  readonly given: boolean;
  readonly validUntil: string | null;
  readonly validMinutes: number;
  readonly parts: readonly GoPartFacts[];
  readonly next: GoPart | null;
  readonly lastNo: GoPart | null;
  /** The reserves that are still ahead: the ways out of a no-go. */
  readonly reserves: readonly PlanWindow[];
}

export interface GoPartFacts {
  readonly part: GoPart;
  readonly name: string;
  readonly question: string;
  readonly who: string;
  readonly state: 'yes' | 'no' | 'grown-old' | 'not-asked';
  readonly by: string | null;
  readonly at: string | null;
  readonly note: string | null;
  readonly validUntil: string | null;
}
