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
const http = createHttpExecutor({ url: values.automation ?? '', secret: values.secret ?? '', clock: systemClock });

const loop = startRunLoop({
  transaction: (work) => connection.transaction((trx) => work(storeOf(trx))),
  executor: {
    ...http,
    async apply(items, timeoutSeconds) {
      batches += 1;
      say({ driving: true });
      const outcome = await http.apply(items, timeoutSeconds);
      if (die?.point === 'after-act' && batches >= die.batch) end();
      return outcome;
    },
  },
  clock: fixedClock('2026-12-08T20:30:00Z'),
  owner,
  log: silentLog,
  gate: async () => ({ may: true }),
  timeoutSeconds: 0.3,
  posted() {
    if (die?.point === 'after-settling' && batches >= die.batch) end();
    void tell('settled');
  },
});

lines.on('line', (line) => {
  const order = JSON.parse(line) as { services: number; die: typeof die; tell?: true };
  if (order.tell) return void tell('settled');
  die = order.die;
  batches = 0;
  // Of two replicas one is told to start the run; both are told where to die.
  if (order.services === 0) return;
  void connection
    .transaction((trx) => newRun(storeOf(trx), order.services))
    .then(() => {
      say({ started: true });
      loop.wake();
    });
});
await tell('ready');

async function tell(what: 'ready' | 'settled'): Promise<void> {
  const run = await store.runs.latest(MIGRATION);
  say({
    [what]: true,
    run: run?.id ?? 0,
    state: run?.state ?? 'none',
    counts: run ? await store.runItems.counts(run.id) : {},
  });
}

function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
