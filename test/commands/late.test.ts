import { expect, it } from 'vitest';
import type { RunFacts } from '../../src/domain/run-answers.ts';
import { eachDatabase } from '../support/database.ts';
import type { Desk, Office } from '../support/office.ts';
import { openReadyOffice } from '../support/run-office.ts';

/** Wednesday 9 December 2026, 10am: chat is back, and it is working hours. */
const NEXT_MORNING = '2026-12-09T10:00:00Z';

const ON_PAPER: readonly [Desk, string][] = [
  ['service-definer', 'run at="2026-12-08 20:40"'],
  ['service-definer', 'step done at="2026-12-08 20:42"'],
  ['service-definer', 'step done at="2026-12-08 20:43"'],
  ['service-definer', 'step done at="2026-12-08 20:50"'],
  ['service-definer', 'step count site=XR101 counted=5 at="2026-12-08 20:52"'],
  ['service-definer', 'step count site=XR102 counted=3 at="2026-12-08 20:53"'],
  ['deputy', 'step confirm at="2026-12-08 20:55"'],
  ['service-definer', 'step done at="2026-12-08 20:56"'],
  ['service-definer', 'step done at="2026-12-08 20:57"'],
  ['service-definer', 'step pressed at="2026-12-08 20:58"'],
];

async function enter(office: Office, entries: readonly [Desk, string][]): Promise<RunFacts> {
  let facts: Record<string, unknown> = {};
  for (const [desk, text] of entries) facts = await office.as(desk).done(text);
  return facts as unknown as RunFacts;
}

eachDatabase('what was noted on paper', (database) => {
  it('30: a whole run is entered the next morning, each step with both times', async () => {
    const office = await openReadyOffice(database);
    office.clock.set(NEXT_MORNING);
    const pressed = await enter(office, ON_PAPER);
    expect(pressed.notice).toBe(
      'Recorded late: Tuesday 8 December 2026, 8:58pm, entered Wednesday 9 December 2026, 10am.',
    );
    const looked = (pressed.guided?.readBack ?? []).map(({ serviceId }): [Desk, string] => [
      'service-definer',
      `step new service=${serviceId} at="2026-12-08 21:00"`,
    ]);
    const ended = await enter(office, looked);
    expect(ended).toMatchObject({ state: 'verifying', startedAt: '2026-12-08T20:40:00Z', counts: { confirmed: 8 } });
    expect(ended.late.count).toBe(9 + looked.length);
    expect(ended.late.newest[0]).toMatchObject({ at: '2026-12-08T21:00:00Z', enteredAt: '2026-12-09T10:00:00Z' });
    const item = await office.store.runItems.one(ended.runId, '7000001');
    expect(item?.settledAt).toBe('2026-12-08T21:00:00Z');
    const [event] = (await office.store.audit.latest(`migration:${office.migrationId}`, 20)).filter(
      ({ act }) => act === 'run.step.pressed',
    );
    expect(JSON.parse(event?.text ?? '{}')).toMatchObject({
      at: '2026-12-09T10:00:00Z',
      facts: { late: { happenedAt: '2026-12-08T20:58:00Z', enteredAt: '2026-12-09T10:00:00Z' } },
    });
  });

  it('30: a time ahead, before the step before, or long ago is refused', async () => {
    const office = await openReadyOffice(database);
    office.clock.set(NEXT_MORNING);
    const definer = office.as('service-definer');
    expect(await definer.refused('run at="2026-12-09 11:00"')).toBe('late-time');
    expect(await definer.refused('run at="2026-12-01 11:00"')).toBe('late-time');
    await definer.done('run at="2026-12-08 20:40"');
    expect(await definer.refused('step done at="2026-12-08 20:39"')).toBe('late-time');
  });

  it('12: the gates are judged at the noted time: a run in working hours is refused then too', async () => {
    const office = await openReadyOffice(database);
    office.clock.set('2026-12-08T22:00:00Z');
    expect(await office.as('service-definer').refused('run at="2026-12-08 10:00"')).toBe('working-hours');
    expect(await office.as('service-definer').refused('run at="2026-12-08 20:10"')).toBe('outside-window');
  });

  it('30: an undo on paper is entered with its times: asked, agreed, and each step back', async () => {
    const office = await openReadyOffice(database);
    office.clock.set(NEXT_MORNING);
    const pressed = await enter(office, ON_PAPER);
    const looked = (pressed.guided?.readBack ?? []).map(({ serviceId }): [Desk, string] => [
      'service-definer',
      `step new service=${serviceId} at="2026-12-08 21:00"`,
    ]);
    await enter(office, looked);
    await office.store.migrations.setOutage(
      office.migrationId,
      { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' },
      '2026-12-09T06:00:00Z',
    );
    // Now the old PAS does not answer any more; when it was agreed, it did.
    expect(await office.as('service-definer').refused('undo checked=now reason="no slots"')).toBe('old-pas');
    const asked = await enter(office, [
      ['service-definer', 'undo checked="2026-12-08 21:15" at="2026-12-08 21:20" reason="no slots at all"'],
    ]);
    expect(asked.notice).toContain('Recorded late: Tuesday 8 December 2026, 9:20pm');
    expect(await office.as('e-rs-lead').refused('undo agree at="2026-12-08 21:10"')).toBe('late-time');
    const back = await enter(office, [['e-rs-lead', 'undo agree at="2026-12-08 21:25"']]);
    expect(back).toMatchObject({ state: 'rolling-back', guided: { since: '2026-12-08T21:25:00Z' } });
    expect(back.notice).toContain('Recorded late: Tuesday 8 December 2026, 9:25pm');
    const steps = await enter(office, [['service-definer', 'step done at="2026-12-08 21:26"']]);
    expect(steps).toMatchObject({ guided: { step: 'filter' } });
  });

  it('30: by hand and polls: the noted time counts for the hours and for the record', async () => {
    const office = await openReadyOffice(database);
    await office.as('service-definer').done('run executor=http');
    await office.as('service-definer').done('abort chat goes down in a minute');
    office.clock.set(NEXT_MORNING);
    expect(await office.as('deputy').refused('manual done 7000001')).toBe('working-hours');
    const board = await office.as('deputy').done('manual done 7000001 at="2026-12-08 21:40"');
    expect(board.notice).toContain('Recorded late: Tuesday 8 December 2026, 9:40pm');
    expect(await office.as('deputy').refused('manual done 7000002 at="2026-12-09 09:00"')).toBe('working-hours');
    await office.as('e-rs-lead').done('manual carry-on reason="two clinics"');
    await office.as('clinical-safety-officer').done('manual carry-on reason="agreed"');
    await office.as('deputy').done('manual all confirm=yes');
    const polls = await office.as('service-definer').done('polls seen all at="2026-12-08 21:50"');
    expect(polls.notice).toContain('Recorded late');
    expect(polls.late).toMatchObject({
      newest: [{ at: '2026-12-08T21:50:00Z', enteredAt: '2026-12-09T10:00:00Z' }, {}, {}],
    });
    const rows = await office.connection.db.selectFrom('slot_poll').select(['seen_at', 'recorded_at']).execute();
    expect(new Set(rows.map((row) => `${row.seen_at} ${row.recorded_at}`))).toEqual(
      new Set(['2026-12-08T21:50:00Z 2026-12-09T10:00:00Z']),
    );
    const id = (await office.store.plans.byId(1))?.verification[0] ?? '';
    const verified = await office.as('tester').done(`verify ${id} book passed at="2026-12-08 21:55"`);
    expect(verified.notice).toContain(
      'Recorded late: Tuesday 8 December 2026, 9:55pm, entered Wednesday 9 December 2026, 10am.',
    );
    expect(verified.late).toEqual({
      count: 1,
      newest: [{ what: `${id} book`, at: '2026-12-08T21:55:00Z', enteredAt: '2026-12-09T10:00:00Z' }],
    });
    const again = await office.as('tester').done('verify');
    expect(again.late).toEqual(verified.late);
  });
});
