import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { type Connection, connectServer } from '../../db/connect.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { storeOf } from '../../src/store/store.ts';
import { startRunLoop } from '../../src/work/advance-run-loop.ts';
import { openCutLine } from '../support/cut-line.ts';
import { onServer } from '../support/database.ts';
import { openRunDesk } from './run-desk.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The same database over a line that can be cut. */
async function overLine(witness: Connection) {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  const line = await openCutLine({ host: url.hostname, port: Number(url.port || 5432) });
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(witness.db);
  url.hostname = '127.0.0.1';
  url.port = String(line.port);
  url.pathname = `/${rows[0]?.name}`;
  const connection = await connectServer(url.toString(), 4);
  closing.push(line.close, connection.close);
  return { line, connection };
}

onServer('a run whose database goes away', (database) => {
  it('16: goes on from the ledger when it is back, even after its lease has ended; nothing is lost, nothing applied twice', async () => {
    const witness = await database.open();
    const desk = await openRunDesk(witness, 40, { batchesAtOnce: 2 });
    closing.push(desk.close);
    const { line, connection } = await overLine(witness);
    const ended = Promise.withResolvers<void>();
    const backAgain = Promise.withResolvers<void>();
    let failures = 0;
    const log = {
      ...silentLog,
      error() {
        failures += 1;
        if (failures === 3) backAgain.resolve();
      },
    };
    let batches = 0;
    desk.automation.onBatch = () => {
      batches += 1;
      if (batches === 3) line.cut();
    };
    const loop = startRunLoop(
      desk.work('only', {
        log,
        transaction: (work) => connection.transaction((trx) => work(storeOf(trx))),
        posted: () => {
          void desk.states().then((states) => {
            if (states.confirmed === 40) ended.resolve();
          });
        },
      }),
    );
    closing.push(loop.stop);
    await backAgain.promise;
    // Longer than the lease: it has ended meanwhile.
    await sql`update run set lease_until = clock_timestamp() - interval '10 seconds'`.execute(witness.db);
    line.join();
    await ended.promise;
    const services = [...desk.automation.services.values()];
    expect(services.filter((one) => one.applied !== 1)).toEqual([]);
    expect(desk.automation.seen.repeats).toBe(0);
    expect(batches).toBeGreaterThanOrEqual(8);
  }, 30_000);
});
