/** What the comparison of a plan with an extract of after its run still wants: one to import, or the one that is there to compare. */
export type ExtractDue = 'import' | 'compare' | null;

/** What is known of a plan's extracts; days are ISO dates, in the migration's zone. */
export interface ExtractsKnown {
  /** The day on which the last of the plan's services was changed: an extract of before it shows some as they were. */
  readonly goLive: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  /** The month end of the newest extract; null: none. */
  readonly newest: string | null;
  /** The month end of the extract that the plan was last compared with; null: never. */
  readonly compared: string | null;
}

/**
 * Rule 26: the next extract is compared in full. EBSX05 shows the last day of a month, so the first that can show the run is that
 * of its own month, and nobody is asked for it before that month is over.
 */
export function extractDue({ goLive, today, newest, compared }: ExtractsKnown): ExtractDue {
  const shows = (taken: string | null) => taken !== null && taken >= goLive.toString();
  if (shows(compared)) return null;
  if (shows(newest)) return 'compare';
  return Temporal.PlainDate.compare(today, firstDay(goLive)) >= 0 ? 'import' : null;
}

/** The first day on which there can be an extract that shows the run. */
export function firstDay(goLive: Temporal.PlainDate): Temporal.PlainDate {
  return goLive.with({ day: 1 }).add({ months: 1 });
}
