import type { Settings } from './migration.ts';

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

/** In place of a service’s id: all services of the plan together. */
export const ALL_SERVICES = 'all';

/** A total for one service, or all together, and a priority. */
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

/** An alert that somebody settled: it stands out again only where the count rises further. */
export interface SettledAlert extends AsiCount {
  readonly note: string;
  readonly by: string;
  readonly at: string;
}

/** What stands out against its own baseline and nobody settled; a count without a baseline is compared with nothing, and said to be so elsewhere. */
export function asiAlerts(
  counts: readonly AsiCount[],
  rule: Pick<Settings, 'asiAlertTimes' | 'asiAlertMore'>,
  settled: readonly AsiCount[],
): readonly AsiAlert[] {
  const baselines = new Map(counts.filter(({ day }) => day === 'baseline').map((one) => [key(one), one.count]));
  const done = new Map(settled.map((one) => [`${one.day} ${key(one)}`, one.count]));
  return counts.flatMap((one) => {
    const baseline = baselines.get(key(one));
    if (one.day === 'baseline' || baseline === undefined) return [];
    if (one.count < alertFrom(one.priority, baseline, rule)) return [];
    if (one.count <= (done.get(`${one.day} ${key(one)}`) ?? -1)) return [];
    return [{ serviceId: one.serviceId, priority: one.priority, day: one.day, count: one.count, baseline }];
  });
}

/** The smallest count that stands out. The rule is a setting; for suspected cancer any rise does, whatever is set. */
export function alertFrom(
  priority: AsiPriority,
  baseline: number,
  { asiAlertTimes, asiAlertMore }: Pick<Settings, 'asiAlertTimes' | 'asiAlertMore'>,
): number {
  if (priority === '2ww') return baseline + 1;
  return Math.max(Math.floor(asiAlertTimes * baseline) + 1, baseline + asiAlertMore);
}

/** Counts after go-live that have no baseline to be judged by. */
export function unjudged(counts: readonly AsiCount[]): number {
  const known = new Set(counts.filter(({ day }) => day === 'baseline').map(key));
  return counts.filter((one) => one.day !== 'baseline' && !known.has(key(one))).length;
}

/** Totals by priority and day, for the chart: of all together, else the services’ sum; null where nothing was counted. */
export function asiTotals(
  counts: readonly AsiCount[],
): readonly { readonly priority: AsiPriority; readonly day: AsiDay; readonly total: number | null }[] {
  return ASI_PRIORITIES.flatMap((priority) =>
    ASI_DAYS.map((day) => {
      const here = counts.filter((one) => one.day === day && one.priority === priority);
      const whole = here.find(({ serviceId }) => serviceId === ALL_SERVICES);
      const sum = here.length === 0 ? null : here.reduce((all, { count }) => all + count, 0);
      return { priority, day, total: whole?.count ?? sum };
    }),
  );
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
