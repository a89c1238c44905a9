import type { BankHolidays } from './bank-holidays.ts';
import type { Migration } from './migration.ts';
import type { PlanWindow } from './plan.ts';
import type { TimeRules } from './time-rules.ts';

/** All that a migration's hours are drawn from. */
export interface HoursView {
  readonly migration: Migration;
  readonly rules: TimeRules;
  readonly bankHolidays: BankHolidays;
  /** Of the plans that live. */
  readonly windows: readonly ReservedWindow[];
  readonly now: Temporal.Instant;
}

/** A plan's window (position 0) or reserve, with the number that people know the plan by. */
export interface ReservedWindow extends PlanWindow {
  readonly plan: number;
  readonly position: number;
}

/** "Window of plan 3", "Reserve 2 of plan 3". */
export function windowName({ plan, position }: ReservedWindow): string {
  return position === 0 ? `Window of plan ${plan}` : `Reserve ${position} of plan ${plan}`;
}
