import { afterEach, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import { decideRun } from '../../src/domain/run-decide.ts';
import { advanceRun } from '../../src/work/advance-run.ts';
import type { RunWork } from '../../src/work/advance-run-deps.ts';
import { createRunGate } from '../../src/work/advance-run-gate.ts';
import { newPace } from '../../src/work/advance-run-pace.ts';
import type { Fault } from '../executors/automation.ts';
import { eachDatabase } from '../support/database.ts';
import { openRunDesk, type RunDesk, take } from './run-desk.ts';

const QUIET_YEARS = { source: 'a test table', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() };
const desks: RunDesk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

async function open(connection: Connection, services: number, settings = {}): Promise<RunDesk> {
  const desk = await openRunDesk(connection, services, settings);
  desks.push(desk);
  return desk;
}

/** Drives as the loop would, until nothing is due within the next seconds. */
async function drive(desk: RunDesk, work: RunWork): Promise<void> {
  for (let round = 0; round < 400; round++) {
    await take(work);
    if ((await advanceRun(work, desk.runId)) === null) return;
  }
  throw new Error('The run does not come to an end.');
}

const appliedTwice = (desk: RunDesk) => [...desk.automation.services.values()].filter((one) => one.applied > 1).length;
const notApplied = (desk: RunDesk) => [...desk.automation.services.values()].filter((one) => one.applied < 1).length;

eachDatabase('the automated run', (database) => {
  it('15: every service is applied once and confirmed, and the run goes to verifying', async () => {
    const desk = await open(await database.open(), 42);
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ confirmed: 42 });
    expect(appliedTwice(desk) + notApplied(desk)).toBe(0);
    expect((await desk.office.store.runs.byId(desk.runId))?.state).toBe('verifying');
  });

  const lost: Fault[] = [
    'never-answers',
    'applies-and-never-answers',
    'applies-and-closes-mid-answer',
    'closes-at-once',
    'applies-and-error-500',
    'error-500',
    'garbage',
    'answers-twice',
    'applies-and-answers-late',
    'busy',
    'half-the-results',
  ];
  it.each(lost)('15: after "%s" nothing is lost and nothing is applied twice', async (fault) => {
    const desk = await open(await database.open(), 12);
    desk.automation.faults.push(fault);
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ confirmed: 12 });
    expect(appliedTwice(desk) + notApplied(desk)).toBe(0);
  });

  it('15: what may have been applied is read back before it is sent again', async () => {
    const desk = await open(await database.open(), 5);
    desk.automation.faults.push('applies-and-never-answers');
    await drive(desk, desk.work('first'));
    expect(desk.automation.seen.batches).toBe(1);
    expect(desk.automation.seen.reads).toBe(5);
  });

  it('16: a driver that died with the intention written is followed by another, which reads back first', async () => {
    const connection = await database.open();
    const desk = await open(connection, 10);
    const dead = desk.work('dead');
    await take(dead);
    await dead.transaction(async (store) => {
      const run = await store.runLedger.renew(desk.runId, 'dead', 20);
      if (run) await store.runLedger.intend(run, 'dead', 5, 0);
    });
    await connection.db.updateTable('run').set({ lease_until: '2026-01-01T00:00:00Z' }).execute();
    await drive(desk, desk.work('second'));
    expect(await desk.states()).toEqual({ confirmed: 10 });
    expect(desk.automation.seen.reads).toBeGreaterThanOrEqual(5);
    expect(appliedTwice(desk)).toBe(0);
  });

  it('16: while one drives, another takes nothing; what the dead one settles late is ignored', async () => {
    const desk = await open(await database.open(), 5);
    const first = desk.work('first');
    expect(await take(first)).toEqual([desk.runId]);
    expect(await take(desk.work('second'))).toEqual([]);
    const written = await first.transaction(async (store) => {
      const run = await store.runLedger.renew(desk.runId, 'first', 20);
      const items = run ? await store.runLedger.intend(run, 'first', 5, 0) : [];
      await store.runLedger.doubtful(desk.runId, 'second', 5, 10);
      const settled = items.map(({ serviceId }) => ({ serviceId, state: 'failed' as const, reason: 'late' }));
      return store.runLedger.settle(desk.runId, 'first', 'applying', settled, desk.office.clock.now().toString());
    });
    expect(written).toBe(0);
  });

  it('17: refused services fail with the reason, the others go on, and the run stops with what is left', async () => {
    const desk = await open(await database.open(), 60, { failureThresholdPercent: 5 });
    desk.automation.refused.set('7000003', 'locked by another user');
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ confirmed: 59, failed: 1 });
    expect(await desk.office.store.runs.byId(desk.runId)).toMatchObject({
      state: 'stopped',
      hold: { reason: 'some-left', words: '1 service could not be changed by itself.' },
    });
    expect(await desk.office.store.runItems.one(desk.runId, '7000003')).toMatchObject({
      reason: 'locked by another user',
    });
  });

  it('17: three in a row stop the run, and the rest stays pending', async () => {
    const desk = await open(await database.open(), 100, { batchesAtOnce: 1 });
    for (const id of ['7000002', '7000003', '7000004']) desk.automation.refused.set(id, 'locked');
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ confirmed: 2, failed: 3, pending: 95 });
    expect(await desk.office.store.runs.byId(desk.runId)).toMatchObject({
      state: 'stopped',
      hold: { reason: 'failure-threshold', words: '3 services in a row failed.' },
    });
  });

  it('17: “applied” that reads back as not changed counts for the threshold: the run stops', async () => {
    const desk = await open(await database.open(), 100, { batchesAtOnce: 1 });
    desk.automation.faults.push(...Array.from({ length: 20 }, () => 'says-applied-and-does-nothing' as const));
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ 'needs-a-person': 5, pending: 95 });
    expect(await desk.office.store.runs.byId(desk.runId)).toMatchObject({
      state: 'stopped',
      hold: { reason: 'failure-threshold', words: '5 services in a row failed.' },
    });
  });

  it('15: no more services a minute are sent than the rate that is set, and the next ones later', async () => {
    const desk = await open(await database.open(), 12, { servicesPerMinute: 30 });
    const work = desk.work('first');
    await take(work);
    const due = await advanceRun(work, desk.runId);
    expect(await desk.states()).toEqual({ confirmed: 5, pending: 7 });
    expect(desk.automation.seen.batches).toBe(1);
    // Five of thirty a minute: the next ten seconds are free.
    expect(due).toBeGreaterThan(5);
    expect(due).toBeLessThanOrEqual(10);
  });

  it('13: when the gate closes, the run stops between two batches and says why', async () => {
    const desk = await open(await database.open(), 30, { batchesAtOnce: 1 });
    let asked = 0;
    const work = desk.work('first', {
      gate: async () =>
        ++asked <= 2
          ? { may: true }
          : { may: false, how: 'stop', reason: 'window-closing', words: 'The window closes.' },
    });
    await drive(desk, work);
    expect(await desk.states()).toEqual({ confirmed: 10, pending: 20 });
    expect(await desk.office.store.runs.byId(desk.runId)).toMatchObject({
      state: 'stopped',
      hold: { reason: 'window-closing' },
    });
  });

  it('13: the window ends mid-run: what is under way is finished, nothing further is sent, and it says what is left', async () => {
    const desk = await open(await database.open(), 30, { batchesAtOnce: 1 });
    const { clock } = desk.office;
    clock.set('2026-12-01T20:30:00Z');
    let batches = 0;
    desk.automation.onBatch = () => {
      batches += 1;
      // The third is under way when time has run out: an hour and a half of reserves no longer fits before 11pm.
      if (batches === 3) clock.set('2026-12-01T22:00:00Z');
    };
    await drive(desk, desk.work('first', { gate: createRunGate(QUIET_YEARS) }));
    expect(await desk.states()).toEqual({ confirmed: 15, pending: 15 });
    expect(desk.automation.seen.batches).toBe(3);
    expect(await desk.office.store.runs.byId(desk.runId)).toMatchObject({
      state: 'stopped',
      hold: { reason: 'window-closing' },
    });
  });

  it('19: starting to wait, stopping and finishing are remembered and called out once', async () => {
    const connection = await database.open();
    const desk = await open(connection, 5);
    await drive(desk, desk.work('first'));
    const calls = await connection.db
      .selectFrom('posting')
      .select(['message', 'people'])
      .where('kind', '=', 'call')
      .execute();
    expect(calls.map((call) => call.message)).toEqual([
      'The run is finished: 5 of 5 services done, 0 left. Next: manual slot polls, then the verification tests.',
      expect.stringMatching(/^Record, the run is finished and being verified: 1 event, head [0-9a-f]{64}/),
    ]);
    const events = await desk.office.store.audit.latest(`migration:${desk.office.migrationId}`, 5);
    expect(events.map((event) => event.act)).toEqual(['run.all-settled']);
  });

  it('19: an abort while the automation does not say what it can do stays an abort', async () => {
    const desk = await open(await database.open(), 5);
    const { store, clock } = desk.office;
    desk.automation.limits = { maximumSeconds: -1, maximumBatch: 0 };
    const work = desk.work('first');
    const limits = async () => {
      const answer = await work.executor.limits();
      const run = await store.runs.byId(desk.runId);
      const abort = { kind: 'stop', reason: 'aborted', words: 'The tester: stop here.' } as const;
      if (run) await store.runs.save(run.id, decideRun(run, abort, clock.now()));
      return answer;
    };
    await take(work);
    // Five times before, nobody answered.
    const pace = { ...newPace(), unreached: 5 };
    await advanceRun({ ...work, executor: { ...work.executor, limits } }, desk.runId, pace);
    expect(await store.runs.byId(desk.runId)).toMatchObject({ state: 'stopped', hold: { reason: 'aborted' } });
  });
});
