import type { ServiceWarning } from './plan-warning.ts';
import type { Selection } from './selection.ts';
import type { Link } from './service.ts';

/** A plan moves services of one migration from their old link to the target; a practice plan tries it with test services. */
export const PLAN_KINDS = ['plan', 'practice'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** Where a plan is (product, The life of a plan). */
export const PLAN_STATES = [
  'draft',
  'submitted',
  'approved',
  'running',
  'paused',
  'verifying',
  'stopped',
  'rolling-back',
  'rolled-back',
  'completed',
  'withdrawn',
  'expired',
] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** Instants are ISO texts ending in Z; people are ids. */
export interface Plan {
  readonly id: number;
  readonly migrationId: number;
  /** Counted within the migration: "Plan 12". */
  readonly number: number;
  readonly kind: PlanKind;
  readonly state: PlanState;
  readonly stateSince: string;
  readonly snapshotId: number;
  readonly selection: Selection;
  readonly target: Target;
  readonly authorId: number;
  readonly lastEditorId: number;
  readonly runnerId: number | null;
  readonly deputyId: number | null;
  /** Service ids, sorted: chosen by a person, or else proposed. */
  readonly verification: readonly string[];
  /** What was warned of when the services were saved, by kind. */
  readonly warnings: Readonly<Partial<Record<ServiceWarning, number>>>;
  /** Of the inputs as they stood last; null until the first submit (contracts, Hash and votes). */
  readonly hash: string | null;
  readonly code: string | null;
  /** Who did what last, for the card's quiet line. */
  readonly lastAct: string | null;
  readonly lastActAt: string | null;
}

/** The new provider system, and the new organisation where the services move to another (mergers). */
export interface Target {
  readonly asid: string;
  readonly organisation: string | null;
}

/** One service as the plan holds it: enough for the tick sheet, the undo, the run and the notices. */
export interface PlannedService {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly specialty: string | null;
  readonly from: Link;
  readonly to: Link;
  readonly published: boolean;
  readonly twoWeekWait: boolean;
  /** Marked so in the extract, or urgent suspected cancer: needs a manual slot poll on go-live day. */
  readonly businessCritical: boolean;
  readonly onSecondaryCareMenu: boolean;
  readonly slotReservationPeriod: number;
}

/** The opening in which the bulk update runs; the first is the window, the others are reserves (rule 8: up to three). */
export interface PlanWindow {
  readonly from: string;
  readonly to: string;
}
