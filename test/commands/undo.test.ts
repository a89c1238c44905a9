import { expect, it } from 'vitest';
import { runActions } from '../../templates/cards/run-actions.ts';
import { service } from '../domain/plan-service.ts';
import { eachDatabase } from '../support/database.ts';
import { pressedAndSeen, said, secondRun, TO_UPDATE, toLookAt, turnedBack } from '../support/going-back.ts';
import { estate } from '../support/plan-office.ts';
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

eachDatabase('the guided way back, held', (database) => {
  const back = TO_UPDATE.slice(1);

  it('18: paused after Update, a service that does not show the old system is taken down, and goes to people', async () => {
    const office = await openReadyOffice(database);
    await turnedBack(office);
    await said(office, [...back, ['service-definer', 'step pressed'], ['tester', 'pause']]);
    const paused = await office.store.runViews.shown(1, office.clock.now());
    expect(runActions(paused)).toContainEqual(expect.objectContaining({ verb: 'resume' }));
    const [first] = await toLookAt(office);
    const after = await office.as('service-definer').done(`step old service=${first}`);
    expect(after).toMatchObject({ state: 'paused', counts: { 'needs-a-person': 8 } });
    expect(after.notice).toContain('did not show the old provider system');
    expect(await office.as('service-definer').done('manual')).toMatchObject({ left: 8 });
  });

  it('18: paused after Update, the last group can be read back though one service is left for a person', async () => {
    const office = await openReadyOffice(database);
    await turnedBack(office);
    await said(office, [
      ...back.slice(0, 2),
      ['service-definer', 'step other service=7000001'],
      ['service-definer', 'step done'],
      ['service-definer', 'step count site=XR101 counted=4'],
      ...back.slice(4),
      ['service-definer', 'step pressed'],
      ['tester', 'pause'],
    ]);
    for (const id of await toLookAt(office)) await office.as('service-definer').done(`step new service=${id}`);
    const counts = await office.store.runItems.counts(1);
    expect(counts).toMatchObject({ undone: 7, 'needs-a-person': 1 });
  });

  it('18: where Update showed an error and nothing else was changed, the way back is the manual board, not the screen', async () => {
    const office = await openReadyOffice(database);
    await said(office, [
      ...TO_UPDATE,
      ['service-definer', 'step failed'],
      ['service-definer', 'undo checked=now reason="bookings fail"'],
    ]);
    const turned = await office.as('e-rs-lead').done('undo agree');
    expect(turned).toMatchObject({ state: 'paused', direction: 'undo', hold: { reason: 'some-left' } });
    expect(await office.as('service-definer').done('manual')).toMatchObject({ left: 8 });
    await office.as('service-definer').done('manual all confirm=yes');
    expect((await office.store.runs.byId(1))?.state).toBe('rolled-back');
  });

  it('18: the groups of the way back are counted by what goes back', async () => {
    const many = Array.from({ length: 100 }, (_, at) =>
      service(String(7_100_001 + at), { providerOrg: 'XR1', locationOrg: 'XR102' }),
    );
    const office = await openReadyOffice(database, [...estate(), ...many]);
    await said(office, [...TO_UPDATE.slice(0, 5), ...TO_UPDATE.slice(6)]);
    await pressedAndSeen(office);
    await said(office, [
      ['e-rs-lead', 'abort stop here'],
      ['service-definer', 'undo checked=now reason="bookings fail"'],
    ]);
    const turned = await office.as('e-rs-lead').done('undo agree');
    expect(turned).toMatchObject({ guided: { group: 1, groups: 1 }, counts: { pending: 5, undone: 103 } });
  });

  it('19: who is called hears of the way back what is true of it', async () => {
    const office = await openReadyOffice(database);
    await turnedBack(office);
    await said(office, [...back, ['tester', 'abort stop here']]);
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls.at(-1)?.message).toBe(
      'The run of plan 1: the way back to the old system is held. The tester: stop here. 0 of 8 services back, 8 left. Go on, or do what is left on the manual board.',
    );
  });
});

eachDatabase('a way back that does not come to its end', (database) => {
  it('18: once the old PAS is off nothing else goes back, and what went back is set to the new system by hand', async () => {
    const many = Array.from({ length: 100 }, (_, at) =>
      service(String(7_100_001 + at), { providerOrg: 'XR1', locationOrg: 'XR102' }),
    );
    const office = await openReadyOffice(database, [...estate(), ...many]);
    const definer = office.as('service-definer');
    await definer.done('run');
    await office.connection.db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    await said(office, [
      ['service-definer', 'pause'],
      ['service-definer', 'undo checked=now reason="bookings fail"'],
      ['e-rs-lead', 'undo agree'],
      ...TO_UPDATE.slice(1, 5),
      ...TO_UPDATE.slice(6),
    ]);
    await pressedAndSeen(office);
    expect(await definer.refused('undo stay')).toBe('run-state');
    office.clock.set('2026-12-09T06:10:00Z');
    const card = runActions(await office.store.runViews.shown(1, office.clock.now()));
    expect(card.map((one) => one.kind === 'do' && [one.verb, one.input.what])).toEqual([
      ['undo', 'stay'],
      ['manual', undefined],
    ]);
    await definer.done('pause');
    const resumed = await definer.type('resume');
    expect(resumed).toMatchObject({ kind: 'refusal', refusal: { code: 'old-pas' } });
    expect(resumed.kind === 'refusal' && resumed.refusal.remedy[0]).toMatchObject({
      verb: 'undo',
      input: { what: 'stay' },
    });
    expect(await definer.refused('manual done 7100001')).toBe('old-pas');
    const stays = await definer.done('undo stay');
    expect(stays).toMatchObject({ state: 'stopped', direction: 'forward', undo: null });
    expect(stays.counts).toMatchObject({ confirmed: 103, 'needs-a-person': 5 });
    expect((await office.store.plans.byId(1))?.state).toBe('stopped');
    const board = await definer.done('manual');
    expect(board).toMatchObject({ left: 5, items: [{ to: { asid: '200000001337' } }, {}, {}, {}, {}] });
    await definer.done('manual all confirm=yes');
    expect((await office.store.plans.byId(1))?.state).toBe('verifying');
  });

  it('12, 18: while it waits for the next opening, services can be set back by hand once both choose it', async () => {
    const office = await openReadyOffice(database);
    await said(office, TO_UPDATE);
    await pressedAndSeen(office);
    const outage = { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' };
    await office.store.migrations.setOutage(office.migrationId, outage, '2026-12-10T06:00:00Z');
    office.clock.set('2026-12-09T10:00:00Z');
    await said(office, [
      ['service-definer', 'undo checked=now reason="bookings fail"'],
      ['e-rs-lead', 'undo agree'],
    ]);
    expect(await office.as('service-definer').done('manual')).toMatchObject({ left: 8, open: false });
    await said(office, [
      ['e-rs-lead', 'manual carry-on reason="clinics are full"'],
      ['clinical-safety-officer', 'manual carry-on reason="clinics are full"'],
      ['service-definer', 'manual done 7000001'],
    ]);
    expect(await office.store.runItems.counts(1)).toMatchObject({ undone: 1, pending: 7 });
  });
});

eachDatabase('going back while something stands', (database) => {
  it('12, 18: a freeze is lifted first, and nobody is told that the old PAS will be off by then', async () => {
    const office = await openReadyOffice(database);
    await said(office, TO_UPDATE);
    await pressedAndSeen(office);
    await said(office, [
      ['planner', 'freeze the network is down'],
      ['service-definer', 'undo checked=now reason="bookings fail"'],
    ]);
    const refused = await office.as('e-rs-lead').type('undo agree');
    expect(refused).toMatchObject({ kind: 'refusal', refusal: { code: 'freeze', remedy: [{ verb: 'unfreeze' }, {}] } });
    expect(refused.kind === 'refusal' && refused.refusal.message).toMatch(
      /It can go back once that is lifted, until the old PAS goes off: Wednesday 9 December 2026, 6am\.$/,
    );
    await said(office, [
      ['e-rs-lead', 'unfreeze'],
      ['e-rs-lead', 'undo agree'],
    ]);
    expect((await office.store.runs.byId(1))?.state).toBe('rolling-back');
  });
});
