import { expect, it } from 'vitest';
import { runActions } from '../../templates/cards/run-actions.ts';
import { eachDatabase } from '../support/database.ts';
import { pressedAndSeen, said, secondRun, TO_UPDATE } from '../support/going-back.ts';
import { openReadyOffice } from '../support/run-office.ts';

eachDatabase('going back, with a second plan in the migration', (database) => {
  it('18: the button on an older run’s card takes that plan back, not the one that ran since', async () => {
    const office = await openReadyOffice(database);
    await said(office, TO_UPDATE);
    await pressedAndSeen(office);
    await secondRun(office);
    const card = runActions(await office.store.runViews.shown(1, office.clock.now()));
    const undo = card.flatMap((one) => (one.kind === 'do' && one.verb === 'undo' ? [one.input] : []))[0] ?? {};
    const definer = office.as('service-definer');
    await definer.click('undo', { ...undo, checked: 'now', reason: 'bookings fail' });
    expect((await office.store.runs.byId(1))?.undo).not.toBeNull();
    expect((await office.store.runs.byId(2))?.undo).toBeNull();
    await office.as('e-rs-lead').done('undo agree plan=1');
    // What holds the migration is what the other verbs mean now.
    expect(await office.as('e-rs-lead').done('run')).toMatchObject({ planNumber: 1, direction: 'undo' });
    expect(await office.as('tester').done('pause')).toMatchObject({ planNumber: 1, state: 'paused' });
    expect((await office.store.runs.byId(2))?.state).toBe('verifying');
  });

  it('18: typed without a plan it is asked which one, and another that goes on is first in the way', async () => {
    const office = await openReadyOffice(database);
    await said(office, TO_UPDATE);
    await pressedAndSeen(office);
    await secondRun(office);
    const definer = office.as('service-definer');
    expect(await definer.refused('undo checked=now reason="bookings fail"')).toBe('which-plan');
    await office.connection.db.updateTable('run').set({ state: 'running' }).where('id', '=', 2).execute();
    expect(await definer.refused('undo checked=now reason="bookings fail" plan=1')).toBe('run-state');
  });
});

eachDatabase('an undo that was only asked for', (database) => {
  it('18: going on answers it, and nobody agrees to it afterwards', async () => {
    const office = await openReadyOffice(database);
    await said(office, [
      ...TO_UPDATE,
      ['service-definer', 'step pressed'],
      ['service-definer', 'pause'],
      ['service-definer', 'undo checked=now reason="bookings fail"'],
      ['service-definer', 'resume'],
    ]);
    expect((await office.store.runs.byId(1))?.undo).toBeNull();
    const [event] = (await office.store.audit.latest(`migration:${office.migrationId}`, 5)).filter(
      ({ act }) => act === 'run.continue',
    );
    expect(JSON.parse(event?.text ?? '{}')).toMatchObject({ facts: { undoDropped: { at: '2026-12-08T20:30:00Z' } } });
    expect(await office.as('clinical-safety-officer').refused('undo agree')).toBe('no-undo');
  });

  it('18: after an hour the old PAS is looked at again, and it is asked for again', async () => {
    const office = await openReadyOffice(database);
    await said(office, TO_UPDATE);
    await pressedAndSeen(office);
    await office.as('service-definer').done('undo checked=now reason="bookings fail"');
    const verbs = async () =>
      runActions(await office.store.runViews.shown(1, office.clock.now())).flatMap((one) =>
        one.kind === 'do' && one.verb === 'undo' ? [one.input.what ?? 'ask'] : [],
      );
    expect(await verbs()).toContain('agree');
    office.clock.set('2026-12-09T01:30:00Z');
    expect(await office.as('clinical-safety-officer').refused('undo agree')).toBe('undo-too-old');
    expect(await office.as('service-definer').refused('undo go reason="nobody answers"')).toBe('undo-too-old');
    expect(await verbs()).toEqual(['ask']);
    await office.as('service-definer').done('undo checked=now reason="bookings fail"');
    expect(await office.as('clinical-safety-officer').done('undo agree')).toMatchObject({ state: 'rolling-back' });
  });
});
