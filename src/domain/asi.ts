/** Appointment slot issues against the baseline (rule 26). Normal in small numbers: compared with before, never with zero. */
export const ASI_DAYS = ['baseline', '+1', '+3', '+7'] as const;
export type AsiDay = (typeof ASI_DAYS)[number];
export const ASI_PRIORITIES = ['routine', 'urgent', '2ww'] as const;
export type AsiPriority = (typeof ASI_PRIORITIES)[number];

export const PRIORITY_WORDS = {
  routine: 'routine',
  urgent: 'urgent',
  '2ww': 'urgent suspected cancer',
} as const satisfies Record<AsiPriority, string>;

/** A total for one service and priority. */
export interface AsiCount {
  readonly day: AsiDay;
  readonly serviceId: string;
  readonly priority: AsiPriority;
  readonly count: number;
}

export interface AsiAlert {
  readonly serviceId: string;
  readonly priority: AsiPriority;
  readonly day: AsiDay;
  readonly count: number;
  readonly baseline: number;
}

/** Above twice the baseline, and by more than this: one more than usual is no alert. Suspected cancer: any rise at all. */
const TIMES = 2;
const MORE = 5;

/** What stands out against its own baseline; a count without a baseline is compared with nothing and said to be so elsewhere. */
export function asiAlerts(counts: readonly AsiCount[]): readonly AsiAlert[] {
  const baselines = new Map(counts.filter(({ day }) => day === 'baseline').map((one) => [key(one), one.count]));
  return counts.flatMap((one) => {
    const baseline = baselines.get(key(one));
    if (one.day === 'baseline' || baseline === undefined || !stands(one, baseline)) return [];
    return [{ serviceId: one.serviceId, priority: one.priority, day: one.day, count: one.count, baseline }];
  });
}

function stands({ priority, count }: AsiCount, baseline: number): boolean {
  if (priority === '2ww') return count > baseline;
  return count > TIMES * baseline && count - baseline > MORE;
}

/** Counts after go-live that have no baseline to be judged by. */
export function unjudged(counts: readonly AsiCount[]): number {
  const known = new Set(counts.filter(({ day }) => day === 'baseline').map(key));
  return counts.filter((one) => one.day !== 'baseline' && !known.has(key(one))).length;
}

/** Totals by day, for the chart; null where nothing was counted. */
export function asiTotals(
  counts: readonly AsiCount[],
): readonly { readonly day: AsiDay; readonly total: number | null }[] {
  return ASI_DAYS.map((day) => {
    const here = counts.filter((one) => one.day === day);
    return { day, total: here.length === 0 ? null : here.reduce((sum, { count }) => sum + count, 0) };
  });
}

/** Which counts are due on this local day, the day of go-live being 0: those of earlier days too, until they are there. */
export function asiDue(
  goLive: Temporal.PlainDate,
  today: Temporal.PlainDate,
  counts: readonly AsiCount[],
): readonly AsiDay[] {
  const after = goLive.until(today, { largestUnit: 'day' }).days;
  return ASI_DAYS.filter(
    (day) => !counts.some((one) => one.day === day) && (day === 'baseline' ? after <= 0 : after >= Number(day)),
  );
}

function key({ serviceId, priority }: AsiCount): string {
  return `${serviceId} ${priority}`;
}

export interface AsiAnswers {
  readonly 'asi.shown': AsiFacts;
}
export interface AsiFacts {
  readonly plan: number;
  readonly zone: string;
  readonly notice: string | null;
  readonly totals: readonly { readonly day: AsiDay; readonly total: number | null }[];
  readonly alerts: readonly (AsiAlert & { readonly name: string; readonly words: string })[];
  readonly unjudged: number;
  readonly due: readonly AsiDay[];
}
