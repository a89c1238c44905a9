import { sql } from 'kysely';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import { everyMinutes, type Job } from '../../src/jobs/job.ts';
import { type Runner, startRunner } from '../../src/jobs/runner.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { storeOf } from '../../src/store/store.ts';
import { eachDatabase, onServer } from '../support/database.ts';

const NOW = '2026-12-01T19:04:30Z';

function runner(
  connection: Connection,
  jobs: readonly Job[],
  clock = fixedClock(NOW),
  loops: { wake(): void }[] = [],
): Runner {
  return startRunner({
    transaction: (work) => connection.transaction((trx) => work(storeOf(trx))),
    jobs,
    clock,
    loops,
    log: silentLog,
  });
}

/** A job that notes its runs, every ten minutes. */
function noting(runs: string[], fail: () => boolean = () => false): Job {
  return {
    name: 'note',
    lastDue: everyMinutes(10),
    async run(store, now) {
      await store.replayKeys.claim(`note ${runs.length}`);
      if (fail()) throw new Error('a fault');
      runs.push(now.toString());
    },
  };
}

eachDatabase('the runner', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);
  let running: Runner[] = [];
  afterEach(async () => {
    for (const each of running) await each.stop();
    running = [];
  });
  const start = (...given: Parameters<typeof runner>) => {
    const made = runner(...given);
    running.push(made);
    return made;
  };

  it('does a job once a due time, however often it looks, and after a restart', async () => {
    const connection = await database.open();
    const clock = fixedClock(NOW);
    const runs: string[] = [];
    const first = start(connection, [noting(runs)], clock);
    await first.wake();
    await first.wake();
    await start(connection, [noting(runs)], clock).wake();
    expect(runs).toHaveLength(1);
    clock.set('2026-12-01T19:10:00Z');
    await first.wake();
    expect(runs).toHaveLength(2);
    const { rows } = await sql`select due_at, done_at from job_run order by due_at`.execute(connection.db);
    expect(rows).toEqual([
      { due_at: '2026-12-01T19:00:00Z', done_at: NOW },
      { due_at: '2026-12-01T19:10:00Z', done_at: '2026-12-01T19:10:00Z' },
    ]);
  });

  it('does what was missed once, not once for each missed time', async () => {
    const connection = await database.open();
    const clock = fixedClock(NOW);
    const runs: string[] = [];
    const only = start(connection, [noting(runs)], clock);
    await only.wake();
    clock.set('2026-12-04T07:00:00Z');
    await only.wake();
    expect(runs).toHaveLength(2);
  });

  it('a job that failed leaves nothing behind, and is tried again', async () => {
    const connection = await database.open();
    const runs: string[] = [];
    let faults = 1;
    const only = start(connection, [noting(runs, () => faults-- > 0)]);
    await only.wake();
    await only.wake();
    expect(runs).toHaveLength(1);
    expect(await connection.db.selectFrom('replay_key').selectAll().execute()).toHaveLength(1);
  });

  it('wakes the loops when the clock was moved', async () => {
    const connection = await database.open();
    let woken = 0;
    await start(connection, [], fixedClock(NOW), [{ wake: () => void woken++ }]).wake();
    expect(woken).toBe(1);
  });

  it('sweeps replay keys once nothing can come again, not before', async () => {
    const connection = await database.open();
    const { replayKeys } = storeOf(connection.db);
    expect(await replayKeys.claim('slack:1')).toBe(true);
    expect(await replayKeys.claim('slack:1')).toBe(false);
    await start(connection, [sweep]).wake();
    expect(await replayKeys.claim('slack:1')).toBe(false);
    await sql`update replay_key set seen_at = seen_at - interval '76 minutes'`.execute(connection.db);
    await start(connection, [sweep], fixedClock('2026-12-01T20:00:00Z')).wake();
    expect(await replayKeys.claim('slack:1')).toBe(true);
  });
});

onServer('the runner', (database) => {
  it('two replicas do a job once between them', async () => {
    const runs: string[] = [];
    const replicas = [runner(await database.open(), [noting(runs)]), runner(await database.another(), [noting(runs)])];
    await Promise.all(replicas.map((replica) => replica.wake()));
    for (const replica of replicas) await replica.stop();
    expect(runs).toHaveLength(1);
  });
});
