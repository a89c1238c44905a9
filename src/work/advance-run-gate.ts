import type { BankHolidays } from '../domain/bank-holidays.ts';
import type { HoldReason } from '../domain/run.ts';
import { judgeBatch } from '../domain/run-batch.ts';
import type { BatchVerdict } from '../domain/run-gate.ts';
import type { Hours } from '../domain/working-hours.ts';
import type { RunGate } from './advance-run-deps.ts';

/** A freeze and an incident pause; everything else that closes time stops between two batches (rules 13, 19). */
const HOLDS = {
  freeze: { how: 'pause', reason: 'freeze' },
  incident: { how: 'pause', reason: 'incident' },
  'window-closing': { how: 'stop', reason: 'window-closing' },
} as const satisfies Partial<Record<string, { how: 'pause' | 'stop'; reason: HoldReason }>>;

/**
 * The gate that the driver asks before each batch. What time is judged by is read again only when something of it changed,
 * which the mark tells that comes with the run in the same transaction.
 */
export function createRunGate(bankHolidays: BankHolidays): RunGate {
  const known = new Map<number, { readonly mark: number; readonly hours: Hours }>();
  return async (store, { run, migration, now, batchSeconds }) => {
    const mark = run.timeMark;
    let found = known.get(migration.id);
    if (found === undefined || found.mark !== mark) {
      found = { mark, hours: await store.runGates.hours(migration, bankHolidays) };
      known.set(migration.id, found);
    }
    const verdict = judgeBatch(run, found.hours, migration.settings, now, batchSeconds);
    return verdict.may ? { may: true } : { may: false, ...holdFor(verdict.code), words: verdict.text };
  };
}

function holdFor(code: (BatchVerdict & { may: false })['code']): { how: 'pause' | 'stop'; reason: HoldReason } {
  return code in HOLDS ? HOLDS[code as keyof typeof HOLDS] : { how: 'stop', reason: 'not-open' };
}
