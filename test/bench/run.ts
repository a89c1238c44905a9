import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Connection } from '../../db/connect.ts';
import type { BankHolidays } from '../../src/domain/bank-holidays.ts';
import { createHttpExecutor } from '../../src/executors/http.ts';
import { fixedClock, systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Executor } from '../../src/ports/executor.ts';
import { storeOf } from '../../src/store/store.ts';
import { advanceRun } from '../../src/work/advance-run.ts';
import { createRunGate } from '../../src/work/advance-run-gate.ts';
import { benchDatabase } from './bench-database.ts';
import { absolute, type Bench, compared } from './figure.ts';

const SERVICES = 1_500;
const BATCH = 50;
const AT_ONCE = 4;
const DELAY = 100;
const RUNS = 5;
/** The embedded engine's code is still being optimised in its first runs. */
const CPU_RUNS = 11;
const OLD = { organisation: 'XR1', asid: '200000000220' };
const NEW = { organisation: 'XR1', asid: '200000001337' };
const IN_WINDOW = '2026-12-08T20:30:00Z';
const HOLIDAYS: BankHolidays = {
  source: 'the bench',
  coveredFrom: '2026-01-01',
  coveredTo: '2027-12-31',
  days: new Map(),
};

/** The run's overhead (issue "The run"): against a bare loop with the same client, and its own CPU without any delay. */
export const bench: Bench = async (context) => {
  const automation = await startAutomation();
  const executor = createHttpExecutor({ ...automation.address, clock: systemClock });
  const connection = await benchDatabase(context);
  try {
    const desk = await openDesk(connection, executor);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let turn = 0; turn < RUNS; turn++) {
      await automation.reset(DELAY);
      bare.push(await timed(() => bareLoop(executor)));
      await automation.reset(DELAY);
      const run = await desk.start();
      ours.push(await timed(() => desk.drive(run)));
      context.say(`turn ${turn + 1}: ${Math.round(ours.at(-1) ?? 0)} ms against ${Math.round(bare.at(-1) ?? 0)} ms`);
    }
    const cpu: number[] = [];
    for (let turn = 0; turn < CPU_RUNS; turn++) {
      await automation.reset(0);
      const run = await desk.start();
      const before = process.cpuUsage();
      await desk.drive(run);
      const used = process.cpuUsage(before);
      cpu.push((used.user + used.system) / SERVICES);
    }
    return [
      compared(
        {
          name: `${SERVICES} services at ${DELAY} ms a batch of ${BATCH}, ${AT_ONCE} at once`,
          unit: 'ms',
          better: 'lower',
          goal: 1.2,
        },
        ours,
        bare,
      ),
      absolute({ name: 'own CPU a service, without delay', unit: 'µs', better: 'lower', goal: 150 }, cpu),
    ];
  } finally {
    executor.close();
    automation.stop();
    await connection.close();
  }
};

/** What anybody would write first: the same batches through the same client, nothing remembered. */
async function bareLoop(executor: Executor): Promise<void> {
  const batches = Array.from({ length: SERVICES / BATCH }, (_, at) => at);
  const worker = async () => {
    for (let at = batches.shift(); at !== undefined; at = batches.shift()) {
      const first = 7_000_001 + at * BATCH;
      const ids = Array.from({ length: BATCH }, (_, place) => String(first + place));
      const items = ids.map((serviceId) => ({ key: `bare:${serviceId}`, serviceId, from: OLD, to: NEW }));
      const outcome = await executor.apply(items, 30);
      if (outcome.kind !== 'answered') throw new Error(`The automation said ${outcome.kind}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function openDesk(connection: Connection, executor: Executor) {
  const store = storeOf(connection.db);
  const now = '2026-12-01T19:00:00Z';
  const person = await store.people.add({ name: 'A definer', email: 'definer@bench.example', telephone: null }, now);
  const migration = await store.migrations.start(
    {
      name: 'Bench',
      providerOrg: 'XR1',
      providerName: 'Bench',
      oldAsids: [OLD.asid],
      newAsid: NEW.asid,
      newOrg: null,
      zone: 'Europe/London',
    },
    person.id,
    now,
  );
  await store.migrations.setSettings(migration.id, { ...migration.settings, batchSize: BATCH, batchesAtOnce: AT_ONCE });
  await store.migrations.bind({ platform: 'chat', tenant: 'bench', channelId: 'bench' }, migration.id, now);
  const work = {
    transaction: <T>(task: (inside: typeof store) => Promise<T>) => connection.transaction((trx) => task(storeOf(trx))),
    executor,
    clock: fixedClock(IN_WINDOW),
    owner: 'bench',
    log: silentLog,
    gate: createRunGate(HOLIDAYS),
  };
  return {
    /** The run with its ledger, as the verb leaves it. */
    async start(): Promise<number> {
      const run = await store.runs.start(
        {
          migrationId: migration.id,
          planId: 1,
          planHash: 'a'.repeat(64),
          executor: 'http',
          startedBy: person.id,
          startedAt: IN_WINDOW,
          runnerId: person.id,
          deputyId: null,
          window: { from: '2026-12-08T20:15:00Z', to: '2026-12-09T06:00:00Z' },
          amberReason: null,
          guided: null,
        },
        Array.from({ length: SERVICES }, (_, at) => ({
          serviceId: String(7_000_001 + at),
          name: `Clinic ${at}`,
          site: `XR1${String(at % 3).padStart(2, '0')}`,
          group: 1,
          from: OLD,
          to: NEW,
        })),
      );
      if (run === null) throw new Error('The run before did not end.');
      return run.id;
    },
    async drive(runId: number): Promise<void> {
      await work.transaction((inside) => inside.runLedger.take('bench', 20));
      await advanceRun(work, runId);
      const counts = await store.runItems.counts(runId);
      if (counts.confirmed !== SERVICES) throw new Error(`Not all were confirmed: ${JSON.stringify(counts)}`);
    },
  };
}

async function timed(task: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

async function startAutomation() {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [
    new URL('./run-automation.ts', import.meta.url).pathname,
    String(SERVICES),
  ]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? 'null') as { url: string; secret: string };
  const address = await next();
  return {
    address,
    async reset(delay: number) {
      child.stdin.write(`${JSON.stringify({ delay })}\n`);
      await next();
    },
    stop() {
      child.stdin.end();
    },
  };
}
