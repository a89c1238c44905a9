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
  await store.runItems.turnBack(desk.runId);
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
});
