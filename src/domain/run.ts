import type { WrongCount } from './run-count.ts';
import type { Link } from './service.ts';

/** The states of a run (product, The life of a plan). A run that is verifying has nothing left to change. */
export const RUN_STATES = [
  'running',
  'paused',
  'stopped',
  'verifying',
  'rolling-back',
  'rolled-back',
  'completed',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** While a run is in one of these, no other may start in the migration; an index holds it too (rule 16). */
export const LIVE_RUN_STATES = ['running', 'paused', 'stopped', 'rolling-back'] as const satisfies readonly RunState[];

export function isLiveRun(state: RunState): boolean {
  return (LIVE_RUN_STATES as readonly RunState[]).includes(state);
}

export const ITEM_STATES = [
  'pending',
  'applying',
  'applied',
  'confirmed',
  'failed',
  'needs-a-person',
  'done-by-hand',
  'undone',
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** Towards the new PAS, or back to the old one (rule 18). */
export type Direction = 'forward' | 'undo';

export type ExecutorKind = 'guided' | 'http';

/** Why a run does not go on at present. */
export type HoldReason =
  | 'asked'
  | 'aborted'
  | 'failure-threshold'
  | 'window-closing'
  | 'not-open'
  | 'freeze'
  | 'incident'
  | 'wrong-count'
  | 'some-left'
  | 'automation-unreachable'
  | 'machine-stopped';

/** One run of one plan. Instants are ISO texts ending in Z. */
export interface Run {
  readonly id: number;
  readonly migrationId: number;
  readonly planId: number;
  /** The bundle's hash that was approved and checked at the start (rule 8). */
  readonly planHash: string;
  /** Counts the runs of a migration; part of the idempotency key. */
  readonly generation: number;
  readonly direction: Direction;
  readonly executor: ExecutorKind;
  readonly state: RunState;
  readonly hold: { readonly reason: HoldReason; readonly words: string; readonly at: string } | null;
  readonly startedBy: number;
  readonly startedAt: string;
  /** Since when it goes on without a break, and how many were done before: the pace is measured from there. */
  readonly drivenSince: string;
  readonly doneBefore: number;
  /** The service definer who carries it out now: the plan's runner, or the deputy after a hand-over. */
  readonly runnerId: number;
  readonly deputyId: number | null;
  /** The window in which it was started, or continued. */
  readonly window: { readonly from: string; readonly to: string };
  readonly amberReason: string | null;
  readonly failuresInARow: number;
  /** The guided run's place; null for an automated one. */
  readonly guided: GuidedPlace | null;
  readonly undo: UndoRequest | null;
  /** Who chose to carry on by hand in working hours (rule 12): it needs the e-RS lead and the clinical safety officer. */
  readonly byHand: readonly ByHandDecision[];
  /** Which calls for help were already made, so that none is made twice (rule 19). */
  readonly called: readonly string[];
  readonly finishedAt: string | null;
}

/** One service in a run's ledger (rule 16). */
export interface RunItem {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly position: number;
  /** Which group of the tick sheet it belongs to; 0 for an automated run. */
  readonly group: number;
  readonly from: Link;
  readonly to: Link;
  readonly direction: Direction;
  readonly state: ItemState;
  /** True once an answer was lost: it must be read back before anything else is done with it. */
  readonly inDoubt: boolean;
  readonly attempts: number;
  /** Why it failed or needs a person, in the executor's or the person's words. */
  readonly reason: string | null;
  readonly claimedBy: number | null;
  readonly claimedAt: string | null;
  readonly settledAt: string | null;
}

/** What of a service the driving process needs. */
export type LedgerItem = Pick<RunItem, 'serviceId' | 'position' | 'from' | 'to' | 'direction' | 'attempts'>;

/** Where a guided run is: which group of ticks, which step, and what was counted and confirmed so far (rule 15). */
export interface GuidedPlace {
  readonly group: number;
  readonly step: GuidedStep;
  /** What the person counted, by site; filled one after another. */
  readonly counts: readonly {
    readonly site: string;
    readonly counted: number;
    readonly by: number;
    readonly at: string;
  }[];
  readonly confirmedBy: { readonly by: number; readonly at: string; readonly how: 'person' | 'screenshot' } | null;
  readonly updatePressed: { readonly by: number; readonly at: string } | null;
  /** What was counted wrong last, until the next step is done. */
  readonly wrong: readonly WrongCount[];
  /** The services whose provider system is to be read on the screen after Update. */
  readonly readBack: readonly string[];
  /** When the present step began. */
  readonly since: string;
}

export const GUIDED_STEPS = [
  'log-in',
  'filter',
  'tick',
  'count',
  'second-person',
  'enable',
  'provider-system',
  'organisation',
  'update',
  'read-back',
  'finished',
] as const;
export type GuidedStep = (typeof GUIDED_STEPS)[number];

export interface ByHandDecision {
  readonly role: 'e-rs-lead' | 'clinical-safety-officer';
  readonly by: number;
  readonly at: string;
  readonly reason: string;
}

/** An undo that was asked for and waits for a second voice (rule 18). */
export interface UndoRequest {
  readonly by: number;
  readonly at: string;
  /** When the old PAS was checked to answer. */
  readonly oldPasCheckedAt: string;
  readonly agreedBy: number | null;
  /** Given where nobody answered for ten minutes. */
  readonly reasonWithoutAnswer: string | null;
}

/** The idempotency key of a service in a run: never of an attempt (contracts, Run). */
export function itemKey(run: Pick<Run, 'migrationId' | 'generation'>, serviceId: string, direction: Direction): string {
  return `m${run.migrationId}:${serviceId}:${direction}:${run.generation}`;
}

/** The link that a service is moved from and to, in the item's present direction. */
export function itemMove(item: Pick<RunItem, 'from' | 'to' | 'direction'>): { readonly from: Link; readonly to: Link } {
  return item.direction === 'forward' ? { from: item.from, to: item.to } : { from: item.to, to: item.from };
}

export function sameLink(one: Link, other: Link): boolean {
  return one.organisation === other.organisation && one.asid === other.asid;
}

/** After so many minutes without an answer whoever asked for the undo may go on with a reason (rule 18). */
export const MINUTES_TO_ANSWER = 10;

/** An undo that was asked for longer ago is asked for again: whether the old PAS still answers was seen too long ago (rule 18). */
export const MINUTES_ASKED = 60;

export function countsUntil({ at }: Pick<UndoRequest, 'at'>): Temporal.Instant {
  return Temporal.Instant.from(at).add({ minutes: MINUTES_ASKED });
}

/** After so many quiet minutes a claim on the manual board is offered again (rule 17). */
export const QUIET_MINUTES = 15;

/** A stopped run, and a way back that is held, leave their pending services to people too; one that goes on keeps them for itself. */
export function leftByHand(run: Pick<Run, 'state' | 'direction'>): ('failed' | 'needs-a-person' | 'pending')[] {
  const held = run.state === 'stopped' || (run.state === 'paused' && run.direction === 'undo');
  return held ? ['failed', 'needs-a-person', 'pending'] : ['failed', 'needs-a-person'];
}
