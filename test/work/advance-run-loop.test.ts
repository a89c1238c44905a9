import { afterEach, expect, it } from 'vitest';
import { placeAt } from '../../src/domain/run-guided.ts';
import { startRunLoop } from '../../src/work/advance-run-loop.ts';
import { callAfterWindow, callBeforeClosing } from '../../src/work/advance-run-window.ts';
import { eachDatabase } from '../support/database.ts';
import { openRunDesk, type RunDesk } from './run-desk.ts';

const desks: RunDesk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

eachDatabase('the run loop', (database) => {
  it('16: it finds a run that nobody drives, drives it to its end, and lets go of it', async () => {
    const desk = await openRunDesk(await database.open(), 12);
    desks.push(desk);
    const ended = Promise.withResolvers<void>();
    const loop = startRunLoop(
      desk.work('looping', {
        posted: () => {
          void desk.states().then((states) => {
            if (states.confirmed === 12) ended.resolve();
          });
        },
      }),
    );
    await ended.promise;
    await loop.stop();
    expect((await desk.office.store.runs.byId(desk.runId))?.state).toBe('verifying');
    const row = await desk.office.connection.db.selectFrom('run').select(['owner']).executeTakeFirst();
    expect(row?.owner).toBeNull();
  });

  it('16: two loops on one ledger apply nothing twice', async () => {
    const connection = await database.open();
    const desk = await openRunDesk(connection, 40);
    desks.push(desk);
    const ended = Promise.withResolvers<void>();
    const posted = () => {
      void desk.states().then((states) => {
        if (states.confirmed === 40) ended.resolve();
      });
    };
    const loops = [startRunLoop(desk.work('one', { posted })), startRunLoop(desk.work('two', { posted }))];
    await ended.promise;
    for (const loop of loops) await loop.stop();
    expect([...desk.automation.services.values()].every((one) => one.applied === 1)).toBe(true);
  });

  it('19: thirty minutes before the window closes there is one call, and only one', async () => {
    const desk = await openRunDesk(await database.open(), 3);
    desks.push(desk);
    const { store } = desk.office;
    expect(await callBeforeClosing(store, Temporal.Instant.from('2026-12-01T22:29:00Z'))).toBe(false);
    expect(await callBeforeClosing(store, Temporal.Instant.from('2026-12-01T22:31:00Z'))).toBe(true);
    expect(await callBeforeClosing(store, Temporal.Instant.from('2026-12-01T22:40:00Z'))).toBe(false);
    const calls = await desk.office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls[0]?.message).toContain('the window closes at 11pm');
    expect(calls.length).toBe(1);
  });

  it('12: whoever carries out a guided run past its window is told once to press Update no more; not while they read back', async () => {
    const desk = await openRunDesk(await database.open(), 3);
    desks.push(desk);
    const { store, connection } = desk.office;
    const at = (time: string) => Temporal.Instant.from(`2026-12-01T${time}:00Z`);
    expect(await callAfterWindow(store, at('23:00'))).toBe(false);
    const place = placeAt(1, 'read-back', at('22:50'));
    await connection.db
      .updateTable('run')
      .set({ executor: 'guided', guided: JSON.stringify(place) })
      .execute();
    expect(await callAfterWindow(store, at('23:00'))).toBe(false);
    await store.runs.setPlace(desk.runId, placeAt(1, 'update', at('22:59')));
    expect(await callAfterWindow(store, at('22:59'))).toBe(false);
    expect(await callAfterWindow(store, at('23:00'))).toBe(true);
    expect(await callAfterWindow(store, at('23:01'))).toBe(false);
    const calls = await connection.db.selectFrom('posting').select('message').where('kind', '=', 'call').execute();
    expect(calls.map(({ message }) => message)).toEqual([expect.stringContaining('do not press Update any more')]);
  });

  it('19: a process that starts anew finds at once what the one before it could not call out, and calls it once', async () => {
    const desk = await openRunDesk(await database.open(), 3);
    desks.push(desk);
    const { store, connection, clock, migrationId } = desk.office;
    // The process before died, with the run paused and all of it changed; its window closes in 29 minutes.
    const outage = { from: '2026-12-01T17:00:00Z', to: '2026-12-01T23:00:00Z' };
    await store.migrations.setOutage(migrationId, outage, '2026-12-02T06:00:00Z');
    await connection.db.updateTable('run').set({ state: 'paused' }).execute();
    await connection.db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    clock.set('2026-12-01T22:31:00Z');
    const calls = () => connection.db.selectFrom('posting').select('message').where('kind', '=', 'call').execute();
    for (const owner of ['second', 'third']) {
      const told = Promise.withResolvers<void>();
      const loop = startRunLoop(desk.work(owner, { posted: told.resolve }));
      if (owner === 'second') await told.promise;
      await loop.stop();
      expect((await calls()).map((one) => one.message)).toEqual([expect.stringContaining('undo now, or stay?')]);
    }
    expect(await store.runs.byId(desk.runId)).toMatchObject({ state: 'paused' });
  });

  it('18: a held run that could still go back is asked about before its window closes: undo now, or stay', async () => {
    const desk = await openRunDesk(await database.open(), 3);
    desks.push(desk);
    const { store, connection, migrationId } = desk.office;
    const outage = { from: '2026-12-01T17:00:00Z', to: '2026-12-01T23:00:00Z' };
    await store.migrations.setOutage(migrationId, outage, '2026-12-02T06:00:00Z');
    await connection.db.updateTable('run').set({ state: 'paused' }).execute();
    await connection.db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    expect(await callBeforeClosing(store, Temporal.Instant.from('2026-12-01T22:31:00Z'))).toBe(true);
    const calls = await connection.db.selectFrom('posting').select('message').where('kind', '=', 'call').execute();
    expect(calls[0]?.message).toContain('undo now, or stay?');
  });

  it('18: it is asked before the old PAS stops answering, where that is earlier than the window’s end', async () => {
    const desk = await openRunDesk(await database.open(), 3);
    desks.push(desk);
    const { store, connection, migrationId } = desk.office;
    const outage = { from: '2026-12-01T17:00:00Z', to: '2026-12-01T23:00:00Z' };
    await store.migrations.setOutage(migrationId, outage, '2026-12-01T22:00:00Z');
    await connection.db.updateTable('run').set({ state: 'paused' }).execute();
    await connection.db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    const asked = (time: string) => callBeforeClosing(store, Temporal.Instant.from(`2026-12-01T${time}:00Z`));
    expect(await asked('21:29')).toBe(false);
    expect(await asked('21:31')).toBe(true);
    expect(await asked('21:40')).toBe(false);
    expect(await asked('22:31')).toBe(false);
    const calls = await connection.db.selectFrom('posting').select('message').where('kind', '=', 'call').execute();
    expect(calls.map(({ message }) => message)).toEqual([
      expect.stringContaining('undo now, or stay? The old PAS answers until 10pm, and after it nothing goes back.'),
    ]);
  });

  it('18: a run that ends in the last half hour is asked about too, after the call that its window closes', async () => {
    const desk = await openRunDesk(await database.open(), 3);
    desks.push(desk);
    const { store, connection, migrationId } = desk.office;
    const outage = { from: '2026-12-01T17:00:00Z', to: '2026-12-01T23:00:00Z' };
    await store.migrations.setOutage(migrationId, outage, '2026-12-02T06:00:00Z');
    expect(await callBeforeClosing(store, Temporal.Instant.from('2026-12-01T22:31:00Z'))).toBe(true);
    await connection.db.updateTable('run').set({ state: 'stopped' }).execute();
    await connection.db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    expect(await callBeforeClosing(store, Temporal.Instant.from('2026-12-01T22:40:00Z'))).toBe(true);
    const calls = await connection.db.selectFrom('posting').select('message').where('kind', '=', 'call').execute();
    expect(calls.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('The window closes at 11pm, and after it nothing goes back in bulk.'),
    );
  });
});
