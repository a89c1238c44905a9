import type { Connection } from '../../db/connect.ts';
import { createHttpExecutor } from '../../src/executors/http.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { storeOf } from '../../src/store/store.ts';
import type { RunWork } from '../../src/work/advance-run-deps.ts';
import { type Automation, startAutomation } from '../executors/automation.ts';
import { type Office, openOffice } from '../support/office.ts';

export const OLD = { organisation: 'XR1', asid: '200000000220' };
export const NEW = { organisation: 'XR1', asid: '200000001337' };

export interface RunDesk {
  readonly office: Office;
  readonly automation: Automation;
  readonly runId: number;
  work(owner: string, change?: Partial<RunWork>): RunWork;
  states(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** A run of so many services, written but not begun, and an automation that knows them. */
export async function openRunDesk(connection: Connection, services: number, settings: object = {}): Promise<RunDesk> {
  const office = await openOffice(connection);
  const { store, migrationId } = office;
  const ids = Array.from({ length: services }, (_, at) => String(7_000_001 + at));
  const automation = await startAutomation(ids.map((serviceId) => ({ serviceId, ...OLD })));
  const definer = await store.people.byEmail('service-definer@rehearsal.example');
  const migration = await store.migrations.byId(migrationId);
  if (!definer || !migration) throw new Error('The office has no service definer.');
  await store.migrations.setSettings(migrationId, { ...migration.settings, batchSize: 5, ...settings });
  const run = await store.runs.start(
    {
      migrationId,
      planId: 1,
      planHash: 'a'.repeat(64),
      executor: 'http',
      startedBy: definer.id,
      startedAt: office.clock.now().toString(),
      runnerId: definer.id,
      deputyId: null,
      window: { from: '2026-12-01T18:30:00Z', to: '2026-12-01T23:00:00Z' },
      amberReason: null,
      guided: null,
    },
    ids.map((serviceId) => ({ serviceId, name: `Clinic ${serviceId}`, site: 'XR101', group: 0, from: OLD, to: NEW })),
  );
  if (!run) throw new Error('The migration has a run already.');
  const executor = createHttpExecutor({ url: automation.url, secret: automation.secret, clock: systemClock });
  return {
    office,
    automation,
    runId: run.id,
    work: (owner, change) => ({
      transaction: (work) => connection.transaction((trx) => work(storeOf(trx))),
      executor,
      clock: office.clock,
      owner,
      log: silentLog,
      gate: async () => ({ may: true }),
      timeoutSeconds: 0.15,
      ...change,
    }),
    async states() {
      const counts = await store.runItems.counts(run.id);
      return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
    },
    async close() {
      executor.close();
      await automation.close();
    },
  };
}

/** Takes the run's lease as the loop does. */
export async function take(work: RunWork): Promise<readonly number[]> {
  return work.transaction((store) => store.runLedger.take(work.owner, 20));
}
