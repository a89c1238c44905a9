import type { Selectable } from 'kysely';
import type { RunItemTable, RunTable } from '../../db/schema/run.ts';
import type { HoldReason, ItemState, LedgerItem, Run, RunItem, RunState } from '../domain/run.ts';

export function toRun(row: Selectable<RunTable>): Run {
  return {
    id: row.id,
    migrationId: row.migration_id,
    planId: row.plan_id,
    planHash: row.plan_hash,
    generation: row.generation,
    direction: row.direction,
    executor: row.executor,
    state: row.state as RunState,
    hold:
      row.hold_reason === null || row.hold_at === null
        ? null
        : { reason: row.hold_reason as HoldReason, words: row.hold_words ?? '', at: row.hold_at },
    startedBy: row.started_by,
    startedAt: row.started_at,
    drivenSince: row.driven_since ?? row.started_at,
    doneBefore: row.done_before,
    runnerId: row.runner_id,
    deputyId: row.deputy_id,
    window: { from: row.window_from, to: row.window_to },
    amberReason: row.amber_reason,
    failuresInARow: row.failures_in_a_row,
    guided: row.guided,
    undo: row.undo,
    byHand: row.by_hand,
    called: row.called,
    finishedAt: row.finished_at,
  };
}

export function toItem(row: Selectable<RunItemTable>): RunItem {
  return {
    serviceId: row.service_id,
    name: row.name,
    site: row.site,
    position: row.position,
    group: row.tick_group,
    from: { organisation: row.from_org, asid: row.from_asid },
    to: { organisation: row.to_org, asid: row.to_asid },
    direction: row.direction,
    state: row.state as ItemState,
    inDoubt: row.in_doubt,
    attempts: row.attempts,
    reason: row.reason,
    claimedBy: row.claimed_by,
    claimedAt: row.claimed_at,
    settledAt: row.settled_at,
  };
}

export const LEDGER_COLUMNS = [
  'service_id',
  'position',
  'from_org',
  'from_asid',
  'to_org',
  'to_asid',
  'direction',
  'attempts',
] as const;

type LedgerRow = Pick<Selectable<RunItemTable>, (typeof LEDGER_COLUMNS)[number]>;

export function toLedgerItem(row: LedgerRow): LedgerItem {
  return {
    serviceId: row.service_id,
    position: row.position,
    from: { organisation: row.from_org, asid: row.from_asid },
    to: { organisation: row.to_org, asid: row.to_asid },
    direction: row.direction,
    attempts: row.attempts,
  };
}
