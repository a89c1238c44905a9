import { afterEach, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import { decideRun } from '../../src/domain/run-decide.ts';
import { advanceRun } from '../../src/work/advance-run.ts';
import type { RunWork } from '../../src/work/advance-run-deps.ts';
import { eachDatabase } from '../support/database.ts';
import { OLD, openRunDesk, type RunDesk, take } from './run-desk.ts';

const desks: RunDesk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

async function drive(desk: RunDesk, work: RunWork): Promise<void> {
  for (let round = 0; round < 400; round++) {
    await take(work);
    if ((await advanceRun(work, desk.runId)) === null) return;
  }
  throw new Error('The run does not come to an end.');
}

/** Ran forward, then turned back as the undo verb does. */
async function turnedBack(connection: Connection, services: number): Promise<RunDesk> {
  const desk = await openRunDesk(connection, services);
  desks.push(desk);
  await drive(desk, desk.work('first'));
  const { store, clock } = desk.office;
  await store.runItems.turnBack(desk.runId, 'http', clock.now().toString());
  const run = await store.runs.byId(desk.runId);
  if (run) await store.runs.save(run.id, decideRun(run, { kind: 'undo' }, clock.now()));
  return desk;
}

eachDatabase('the automated undo', (database) => {
  it('18: every service goes back once, compared before it is changed, and the run is rolled back', async () => {
    const desk = await turnedBack(await database.open(), 12);
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ undone: 12 });
    expect([...desk.automation.services.values()].every((one) => one.asid === OLD.asid && one.applied === 2)).toBe(
      true,
    );
    expect((await desk.office.store.runs.byId(desk.runId))?.state).toBe('rolled-back');
  });

  it('18: a service that somebody changed since is left as it is, for a person', async () => {
    const desk = await turnedBack(await database.open(), 6);
    const changed = desk.automation.services.get('7000002');
    if (changed) changed.asid = '200000009999';
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ undone: 5, 'needs-a-person': 1 });
    expect(changed?.asid).toBe('200000009999');
    expect(await desk.office.store.runs.byId(desk.runId)).toMatchObject({ state: 'paused', direction: 'undo' });
  });

  it('18: what was never changed is back already, and what needed a person is compared like the rest', async () => {
    const desk = await openRunDesk(await database.open(), 6, { failureThresholdPercent: 100, failuresInARow: 9 });
    desks.push(desk);
    desk.automation.refused.set('7000001', 'locked');
    await drive(desk, desk.work('first'));
    const { store, clock, connection } = desk.office;
    await connection.db
      .updateTable('run_item')
      .set({ state: 'needs-a-person' })
      .where('service_id', 'in', ['7000002', '7000003'])
      .execute();
    const moved = desk.automation.services.get('7000003');
    if (moved) moved.asid = OLD.asid;
    await store.runItems.turnBack(desk.runId, 'http', clock.now().toString());
    const run = await store.runs.byId(desk.runId);
    if (run) await store.runs.save(run.id, decideRun(run, { kind: 'undo' }, clock.now()));
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ undone: 6 });
    expect(desk.automation.services.get('7000001')?.applied).toBe(0);
    expect(desk.automation.services.get('7000002')).toMatchObject({ asid: OLD.asid, applied: 2 });
    expect(desk.automation.services.get('7000003')).toMatchObject({ asid: OLD.asid, applied: 1 });
    expect((await store.runs.byId(desk.runId))?.state).toBe('rolled-back');
  });

  it('18: one that is on the old system already is not touched', async () => {
    const desk = await turnedBack(await database.open(), 6);
    const back = desk.automation.services.get('7000002');
    if (back) back.asid = OLD.asid;
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ undone: 6 });
    expect(back?.applied).toBe(1);
  });

  it('18: a lost answer on the way back is read back, never sent twice unseen', async () => {
    const desk = await turnedBack(await database.open(), 5);
    desk.automation.faults.push('applies-and-never-answers');
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ undone: 5 });
    expect([...desk.automation.services.values()].every((one) => one.applied === 2)).toBe(true);
  });

  it('18: where the old PAS goes off half-way, what is still on the new system is read again, and nothing more is sent', async () => {
    const desk = await turnedBack(await database.open(), 10);
    const { store, clock } = desk.office;
    let batches = 0;
    const gate: RunWork['gate'] = async () =>
      ++batches > 1
        ? { may: false, how: 'stop', reason: 'window-closing', words: 'The reserved window is over.' }
        : { may: true };
    await drive(desk, desk.work('first', { gate }));
    expect(await desk.states()).toEqual({ undone: 5, pending: 5 });
    await store.runItems.stayForward(desk.runId, 'http', clock.now().toString());
    const run = await store.runs.byId(desk.runId);
    if (run) await store.runs.save(run.id, decideRun(run, { kind: 'stay' }, clock.now()));
    await drive(desk, desk.work('first'));
    expect(await desk.states()).toEqual({ confirmed: 5, 'needs-a-person': 5 });
    expect(await store.runs.byId(desk.runId)).toMatchObject({ state: 'stopped', direction: 'forward' });
    expect([...desk.automation.services.values()].map((one) => one.applied)).toEqual([2, 2, 2, 2, 2, 1, 1, 1, 1, 1]);
  });
});
