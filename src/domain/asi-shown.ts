import {
  ALL_SERVICES,
  type AsiAlert,
  type AsiCount,
  type AsiDay,
  type AsiPriority,
  alertFrom,
  asiAlerts,
  asiDue,
  asiTotals,
  PRIORITY_WORDS,
  type SettledAlert,
  unjudged,
} from './asi.ts';
import { ALERT_OWNER, type FindingOwners, ownerWords } from './finding.ts';
import { DEFAULT_SETTINGS, type Migration } from './migration.ts';
import type { Plan, PlannedService } from './plan.ts';

const SHOWN = 15;

export interface AsiAnswers {
  readonly 'asi.shown': AsiFacts;
}

export interface AsiFacts {
  readonly plan: number;
  readonly zone: string;
  readonly notice: string | null;
  /** By priority and day, for the chart. */
  readonly totals: readonly {
    readonly priority: AsiPriority;
    readonly words: string;
    readonly day: AsiDay;
    readonly total: number | null;
  }[];
  /** From which total an alert stands out, by priority; null: no baseline. */
  readonly alertFrom: Readonly<Record<AsiPriority, number | null>>;
  /** Not settled; at most fifteen. */
  readonly alerts: readonly (AsiAlert & { readonly name: string; readonly words: string; readonly owner: string })[];
  readonly alertCount: number;
  readonly settled: readonly { readonly words: string; readonly by: string; readonly at: string }[];
  readonly unjudged: number;
  readonly due: readonly AsiDay[];
  /** The rule that alerts follow, and whether it is the product's own. */
  readonly rule: {
    readonly times: number;
    readonly more: number;
    readonly source: 'default' | 'set for this migration';
  };
}

/** All that is known about a plan's appointment slot issues. */
export interface AsiKnown {
  readonly migration: Migration;
  readonly plan: Plan;
  readonly services: readonly PlannedService[];
  readonly counts: readonly AsiCount[];
  readonly settled: readonly SettledAlert[];
  readonly owners: FindingOwners;
  /** When the plan went live; null before. */
  readonly startedAt: string | null;
  readonly now: Temporal.Instant;
}

export function asiFacts(known: AsiKnown, notice: string | null): AsiFacts {
  const { migration, plan, counts } = known;
  const { zone, settings } = migration;
  const names = new Map([
    [ALL_SERVICES, 'services together'],
    ...known.services.map(({ serviceId, name }) => [serviceId, name] as const),
  ]);
  const alerts = asiAlerts(counts, settings, known.settled);
  const totals = asiTotals(counts);
  const from = (priority: AsiPriority) => {
    const before = totals.find((one) => one.priority === priority && one.day === 'baseline')?.total ?? null;
    return before === null ? null : alertFrom(priority, before, settings);
  };
  const today = known.now.toZonedDateTimeISO(zone).toPlainDate();
  return {
    plan: plan.number,
    zone,
    notice,
    totals: totals.map((one) => ({ ...one, words: PRIORITY_WORDS[one.priority] })),
    alertFrom: { routine: from('routine'), urgent: from('urgent'), '2ww': from('2ww') },
    alerts: alerts.slice(0, SHOWN).map((one) => ({
      ...one,
      name: names.get(one.serviceId) ?? '',
      words: PRIORITY_WORDS[one.priority],
      owner: ownerWords(ALERT_OWNER, known.owners.get(one.serviceId)),
    })),
    alertCount: alerts.length,
    settled: known.settled.slice(-SHOWN).map(({ serviceId, priority, day, count, note, by, at }) => ({
      words: `${serviceId} ${names.get(serviceId) ?? ''}, ${PRIORITY_WORDS[priority]}, day ${day}, ${count}: ${note}`,
      by,
      at,
    })),
    unjudged: unjudged(counts),
    due: asiDue(goLiveDay(known.startedAt, zone) ?? today, today, counts),
    rule: {
      times: settings.asiAlertTimes,
      more: settings.asiAlertMore,
      source:
        settings.asiAlertTimes === DEFAULT_SETTINGS.asiAlertTimes &&
        settings.asiAlertMore === DEFAULT_SETTINGS.asiAlertMore
          ? 'default'
          : 'set for this migration',
    },
  };
}

/** The local day of a go-live; null before. */
export function goLiveDay(startedAt: string | null, zone: string): Temporal.PlainDate | null {
  return startedAt === null ? null : Temporal.Instant.from(startedAt).toZonedDateTimeISO(zone).toPlainDate();
}
