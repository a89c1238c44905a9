import type { BankHolidays } from '../domain/bank-holidays.ts';
import type { HoldReason } from '../domain/run.ts';
import type { BatchVerdict } from '../domain/run-gate.ts';
import type { RunGate } from './advance-run-deps.ts';

/** A freeze and an incident pause; everything else that closes time stops between two batches (rules 13, 19). */
const HOLDS = {
  freeze: { how: 'pause', reason: 'freeze' },
  incident: { how: 'pause', reason: 'incident' },
  'window-closing': { how: 'stop', reason: 'window-closing' },
} as const satisfies Partial<Record<string, { how: 'pause' | 'stop'; reason: HoldReason }>>;

/** The gate that the driver asks before each batch. */
export function createRunGate(bankHolidays: BankHolidays): RunGate {
  return async (store, { run, migration, now, batchSeconds }) => {
    const verdict = await store.runGates.batch(run, migration, now, bankHolidays, batchSeconds);
    return verdict.may ? { may: true } : { may: false, ...holdFor(verdict.code), words: verdict.text };
  };
}

function holdFor(code: (BatchVerdict & { may: false })['code']): { how: 'pause' | 'stop'; reason: HoldReason } {
  return code in HOLDS ? HOLDS[code as keyof typeof HOLDS] : { how: 'stop', reason: 'not-open' };
}
