import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { connectEmbedded, connectServer } from '../../db/connect.ts';
import { joinProcesses } from '../../src/app/membership.ts';
import { createHttpExecutor } from '../../src/executors/http.ts';
import { fixedClock, systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { storeOf } from '../../src/store/store.ts';
import { createRunGate } from '../../src/work/advance-run-gate.ts';
import { startRunLoop } from '../../src/work/advance-run-loop.ts';
import { MIGRATION, newRun } from './run-desk.ts';

/**
 * It waits for the first line before it opens anything, so that the next one can be loaded while this one works.
 *
 * The process that is killed: the real store, driver, loop and liveness. It says each step as a line of JSON. An order's `die`
 * kills it at a point on purpose: after the act and before settling, or right after settling.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    url: { type: 'string' },
    automation: { type: 'string' },
    secret: { type: 'string' },
  },
});
interface Order {
  readonly services: number;
  readonly die: typeof die;
  readonly closeAtBatch?: number;
  readonly tell?: true;
}

const EVENING = '2026-12-08T20:30:00Z';
/** Verification and rollback no longer fit into the window from here. */
const NEAR_THE_END = '2026-12-09T05:00:00Z';
const QUIET_YEARS = { source: 'chaos', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() };

const lines = createInterface({ input: process.stdin });
lines.on('close', () => process.exit(0));
// A killed process leaves no compiled code behind for the next one.
flushCompileCache();
await once(lines, 'line');
const connection = values.url ? await connectServer(values.url, 6) : await connectEmbedded(values.folder ?? '');
const store = storeOf(connection.db);
const owner = `${process.pid}-${process.hrtime.bigint()}`;
await joinProcesses(connection, owner, systemClock.now().toString(), silentLog);

let die: { readonly point: string; readonly batch: number } | null = null;
let batches = 0;
let closeAtBatch: number | null = null;
const clock = fixedClock(EVENING);
const gate = createRunGate(QUIET_YEARS);
const http = createHttpExecutor({ url: values.automation ?? '', secret: values.secret ?? '', clock: systemClock });

const loop = startRunLoop({
  transaction: (work) => connection.transaction((trx) => work(storeOf(trx))),
  executor: {
    ...http,
    async apply(items, timeoutSeconds) {
      batches += 1;
      if (batches === closeAtBatch) clock.set(NEAR_THE_END);
      say({ driving: true });
      const outcome = await http.apply(items, timeoutSeconds);
      if (die?.point === 'after-act' && batches >= die.batch) end();
      return outcome;
    },
  },
  clock,
  owner,
  log: silentLog,
  // The window of the real gate is asked for only where it is to end.
  gate: async (...asked) => (closeAtBatch === null ? { may: true } : gate(...asked)),
  timeoutSeconds: 0.3,
  posted() {
    if (die?.point === 'after-settling' && batches >= die.batch) end();
    void tell('settled');
  },
});

lines.on('line', (line) => {
  const order = JSON.parse(line) as Order;
  if (order.tell) return void tell('settled');
  die = order.die;
  batches = 0;
  closeAtBatch = order.closeAtBatch ?? null;
  clock.set(EVENING);
  // Of two replicas one is told to start the run; both are told where to die.
  if (order.services === 0) return;
  void connection
    .transaction((trx) => newRun(storeOf(trx), order.services))
    .then(async () => {
      say({ started: true, run: (await store.runs.latest(MIGRATION))?.id ?? 0 });
      loop.wake();
    });
});
await tell('ready');

async function tell(what: 'ready' | 'settled'): Promise<void> {
  // A database that is away has nothing to tell; whoever asks, asks again.
  const run = await store.runs.latest(MIGRATION).catch(() => null);
  say({
    [what]: true,
    run: run?.id ?? 0,
    state: run?.state ?? 'none',
    counts: run ? await store.runItems.counts(run.id).catch(() => ({})) : {},
  });
}

function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
