import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { Outcome } from '../../src/dispatch.ts';
import type { RunFacts } from '../../src/domain/run-answers.ts';
import { callBeforeClosing } from '../../src/work/advance-run-window.ts';
import { cardOf, refusalCard } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { go, IN_HOURS, openApprovedOffice, openReadyOffice } from '../support/run-office.ts';

const drawn = (outcome: Outcome): string => {
  if (outcome.kind === 'form') return `form: ${outcome.form.fields.map((field) => field.name).join(', ')}`;
  const card = outcome.kind === 'answer' ? cardOf(outcome.answer) : refusalCard(outcome.refusal);
  return toPlainText(card);
};
const facts = async (office: Office, desk: Parameters<Office['as']>[0], text: string): Promise<RunFacts> => {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${drawn(outcome)}`);
  expect(drawn(outcome)).not.toMatch(/undefined|\[object|NaN/);
  return outcome.answer.facts as unknown as RunFacts;
};
const refusal = async (office: Office, desk: Parameters<Office['as']>[0], text: string) => {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'refusal') throw new Error(`${desk} typed "${text}" and got ${drawn(outcome)}`);
  return outcome.refusal;
};

eachDatabase('starting a run', (database) => {
  it('16: all gates open, it starts with one ledger row a service, and a second start gives the first one’s card', async () => {
    const office = await openReadyOffice(database);
    const first = await facts(office, 'service-definer', 'run');
    expect(first).toMatchObject({ state: 'running', executor: 'guided', progress: { total: 8, done: 0 } });
    const second = await facts(office, 'e-rs-lead', 'run');
    expect(second.runId).toBe(first.runId);
    expect(second.notice).toContain('started already');
    expect((await office.store.plans.current(office.migrationId)).state).toBe('running');
  });

  it('16: two starts at the same moment make one run', async () => {
    const office = await openReadyOffice(database);
    const both = await Promise.all([
      office.as('service-definer').type('run'),
      office.as('e-rs-lead').type('run executor=http'),
    ]);
    expect(both.map((one) => one.kind)).toEqual(['answer', 'answer']);
    const runs = await office.store.runs.ofPlan(1);
    expect(runs.length).toBe(1);
  });

  it('12: in working hours it is refused with the reason, the harm and the next openings; nothing is started', async () => {
    const office = await openReadyOffice(database);
    office.clock.set(IN_HOURS);
    const refused = await refusal(office, 'service-definer', 'run');
    expect(refused.code).toBe('working-hours');
    expect(refused.message).toContain('It is Tuesday 8 December 2026, 10am');
    expect(refused.message).toContain('all booking attempts would fail');
    expect(refused.message).toMatch(/Next openings that fit/);
    expect(await office.store.runs.live(office.migrationId)).toBeNull();
  });

  it('13: without a go it is refused, and what is missing is named', async () => {
    const office = await openApprovedOffice(database);
    const refused = await refusal(office, 'service-definer', 'run');
    expect(refused.code).toBe('go');
    expect(refused.message).toContain('✖ Go');
  });

  it('13: the pre-flight lists every gate with its verdict', async () => {
    const office = await openApprovedOffice(database);
    const { lines, may } = (await office.as('service-definer').done('run check')) as unknown as {
      lines: { gate: string; ok: boolean }[];
      may: boolean;
    };
    expect(may).toBe(false);
    expect(lines.map((line) => [line.gate, line.ok])).toEqual([
      ['Approved plan', true],
      ['Votes', true],
      ['Roles', true],
      ['Checklist', true],
      ['People are informed', true],
      ['Working hours', true],
      ['Freeze', true],
      ['National incident', true],
      ['Window', true],
      ['Live screen', true],
      ['Planned e-RS outages', true],
      ['Go', false],
    ]);
  });

  it('6: a site whose list differs from the live screen closes the start until that is cleared up', async () => {
    const office = await openReadyOffice(database);
    const differs = await office.as('service-definer').type('screen XR101 6');
    expect(drawn(differs)).toContain('XR101 differs from the import');
    expect(drawn(differs)).not.toMatch(/\b5 services/);
    const refused = await refusal(office, 'service-definer', 'run');
    expect(refused.message).toContain('✖ Live screen: The screen lists other services than the import at');
    await office.as('service-definer').done('screen XR101 6 reason="a new clinic that stays where it is"');
    const { lines } = (await office.as('service-definer').done('run check')) as unknown as {
      lines: { gate: string; ok: boolean; text: string }[];
    };
    expect(lines.find(({ gate }) => gate === 'Live screen')).toMatchObject({
      ok: true,
      text: '2 sites not compared: ticked service by service, and counted.',
    });
    await office.as('service-definer').done('screen XR101 5');
    expect((await facts(office, 'service-definer', 'run')).state).toBe('running');
  });

  it('9: a deputy who lost the role closes the start', async () => {
    const office = await openReadyOffice(database);
    await office.as('e-rs-lead').done('revoke deputy@rehearsal.example service-definer');
    expect((await refusal(office, 'service-definer', 'run')).message).toContain('deputy does not hold the role');
  });

  it('9: votes whose owner lost the role do not count at the start', async () => {
    const office = await openReadyOffice(database);
    await office.as('e-rs-lead').done('revoke approver@rehearsal.example approver');
    const refused = await refusal(office, 'service-definer', 'run');
    expect(refused.message).toContain('✖ Votes');
  });

  it('24: with a commissioner not told it is refused', async () => {
    const office = await openReadyOffice(database);
    await office.connection.db
      .updateTable('delivery')
      .set({ status: 'failed' })
      .where('kind', '=', 'commissioner')
      .execute();
    expect((await refusal(office, 'service-definer', 'run')).message).toContain('✖ People are informed');
  });

  it('7: an old test booking blocks the run', async () => {
    const office = await openReadyOffice(database);
    await office.connection.db
      .updateTable('checklist_mark')
      .set({ at: '2026-10-01T09:00:00Z' })
      .where('key', '=', 'test-booking')
      .execute();
    expect((await refusal(office, 'service-definer', 'run')).message).toContain('✖ Checklist');
  });

  it('19: a freeze by anyone with a role closes the start', async () => {
    const office = await openReadyOffice(database);
    await office.as('observer').done('freeze the network is down');
    expect((await refusal(office, 'service-definer', 'run')).code).toBe('freeze');
  });

  it('8: a plan that is not approved, and a service definer whom the plan does not name, are refused', async () => {
    const office = await openReadyOffice(database);
    const other = await office.store.people.byEmail('planner@rehearsal.example');
    await office.store.people.grant(
      other?.id ?? 0,
      office.migrationId,
      'service-definer',
      null,
      office.clock.now().toString(),
    );
    expect((await refusal(office, 'planner', 'run')).code).toBe('not-the-runner');
    await office.as('approver').done('unvote');
    expect((await refusal(office, 'service-definer', 'run')).code).toBe('not-approved');
  });

  it('12: in amber time it needs a second confirmation with a reason', async () => {
    const office = await openReadyOffice(database);
    office.clock.set('2026-12-05T12:00:00Z');
    await office.store.windows.replace(
      1,
      [{ from: '2026-12-05T11:00:00Z', to: '2026-12-05T22:00:00Z' }],
      1,
      '2026-12-01T19:00:00Z',
    );
    const refused = await refusal(office, 'service-definer', 'run');
    expect(refused.remedy[0]).toMatchObject({ verb: 'run', input: { confirm: 'yes' } });
    expect(drawn(await office.as('service-definer').click('run', { confirm: 'yes' }))).toBe('form: reason');
  });
});

eachDatabase('steering a run', (database) => {
  it('19: anyone with a role pauses; the service definer resumes; what happened is called out', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    expect((await facts(office, 'observer', 'pause the new PAS is slow')).state).toBe('paused');
    expect(await office.as('observer').refused('resume')).toBe('role');
    expect((await facts(office, 'e-rs-lead', 'resume')).state).toBe('running');
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .where('subject', '=', 'run:1')
      .orderBy('id')
      .execute();
    expect(calls.map((one) => one.message?.split('.')[0])).toEqual([
      'The run of plan 1 has started: 8 services',
      'The run of plan 1 is paused',
      'The run of plan 1 goes on',
    ]);
  });

  it('13: a paused run does not go on once the window is nearly over', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    await facts(office, 'service-definer', 'pause');
    office.clock.set('2026-12-08T23:15:00Z');
    expect(await office.as('service-definer').refused('resume')).toBe('window-closing');
  });

  it('16: abort stops part-way and lists what is left; the manual board finishes it', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    expect((await facts(office, 'tester', 'abort the supplier asked us to stop')).state).toBe('stopped');
    const board = await office.as('deputy').done('manual');
    expect(board).toMatchObject({ left: 8, open: true });
    await office.as('deputy').done('manual claim 7000001');
    expect(await office.as('service-definer').refused('manual done 7000001')).toBe('claimed');
    expect(await office.as('deputy').done('manual done 7000001')).toMatchObject({ left: 7, byHand: 1 });
    expect(drawn(await office.as('deputy').type('manual all'))).toBe('form: confirm');
    expect(await office.as('deputy').done('manual all confirm=yes')).toMatchObject({ left: 0, byHand: 8 });
    expect((await office.store.runs.byId(1))?.state).toBe('verifying');
    expect((await office.store.plans.current(office.migrationId)).state).toBe('verifying');
  });

  it('16: a run does not take what a person is changing by hand; 17: a claim left quiet holds nothing up', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    await facts(office, 'tester', 'abort the supplier asked us to stop');
    await office.as('deputy').done('manual claim 7000001');
    for (const verb of ['resume', 'run start']) {
      const outcome = await office.as('service-definer').type(verb);
      expect(outcome).toMatchObject({ kind: 'refusal', refusal: { code: 'claimed' } });
      expect(drawn(outcome)).toContain('7000001 (The deputy)');
    }
    // What a colleague has taken is not said done by somebody else's "all".
    const all = await office.as('service-definer').done('manual all confirm=yes');
    expect(all).toMatchObject({ left: 1, byHand: 7 });
    expect(all.notice).toBe('7 services done by hand. 1 service that others have taken: theirs to say.');
    office.clock.set(office.clock.now().add({ minutes: 15 }).toString());
    expect((await facts(office, 'service-definer', 'resume')).state).toBe('running');
    expect(await office.as('deputy').refused('manual done 7000001')).toBe('not-left');
  });

  it('12: in working hours the manual board opens once the e-RS lead and the safety officer both choose it', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    await facts(office, 'service-definer', 'abort it is late');
    office.clock.set('2026-12-09T10:00:00Z');
    expect(await office.as('deputy').refused('manual done 7000001')).toBe('working-hours');
    await office.as('e-rs-lead').done('manual carry-on reason="two clinics have no slots"');
    expect(await office.as('deputy').refused('manual done 7000001')).toBe('working-hours');
    await office.as('clinical-safety-officer').done('manual carry-on reason="agreed, two only"');
    expect(await office.as('deputy').done('manual done 7000001')).toMatchObject({ byHand: 1 });
  });

  it('17: retry takes only the failed', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    expect(await office.as('service-definer').refused('retry')).toBe('nothing-failed');
    await office.connection.db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    await office.connection.db
      .updateTable('run_item')
      .set({ state: 'failed', reason: 'locked' })
      .where('service_id', '=', '7000002')
      .execute();
    await office.connection.db
      .updateTable('run')
      .set({ state: 'stopped', hold_reason: 'some-left', hold_at: '2026-12-08T20:40:00Z' })
      .execute();
    await office.as('deputy').done('manual claim 7000002');
    expect(await office.as('service-definer').refused('retry')).toBe('claimed');
    await office.as('deputy').done('manual release 7000002');
    const after = await facts(office, 'service-definer', 'retry');
    expect(after).toMatchObject({ state: 'running', counts: { pending: 1, confirmed: 7 } });
  });

  it('tonight says who is on', async () => {
    const office = await openReadyOffice(database);
    const said = await office.as('observer').type('tonight');
    expect(drawn(said)).toContain('service definer tonight');
  });
});

eachDatabase('going back', (database) => {
  async function ran(office: Office): Promise<void> {
    await facts(office, 'service-definer', 'run executor=http');
    await office.connection.db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    await facts(office, 'service-definer', 'pause');
  }

  it('18: asked for with the old PAS seen, agreed by a second voice, and everything moved goes back', async () => {
    const office = await openReadyOffice(database);
    await ran(office);
    expect(drawn(await office.as('service-definer').click('undo'))).toBe('form: checked, reason');
    await facts(office, 'service-definer', 'undo checked=now reason="bookings fail"');
    expect(await office.as('service-definer').refused('undo agree')).toBe('same-person');
    const back = await facts(office, 'clinical-safety-officer', 'undo agree');
    expect(back).toMatchObject({ state: 'rolling-back', direction: 'undo', progress: { total: 8, done: 0 } });
    expect((await office.store.plans.current(office.migrationId)).state).toBe('rolling-back');
  });

  it('18: without an answer the asker goes on after ten minutes with a reason, not before', async () => {
    const office = await openReadyOffice(database);
    await ran(office);
    await facts(office, 'service-definer', 'undo checked=now reason="bookings fail"');
    expect(await office.as('service-definer').refused('undo go reason="nobody answers"')).toBe('too-early');
    office.clock.set('2026-12-08T20:40:00Z');
    expect((await facts(office, 'service-definer', 'undo go reason="nobody answers"')).state).toBe('rolling-back');
  });

  it('18: after the old PAS is off there is no undo; by hand and "extended" are offered', async () => {
    const office = await openReadyOffice(database);
    await ran(office);
    office.clock.set('2026-12-09T06:30:00Z');
    const refused = await refusal(office, 'service-definer', 'undo checked=now reason="bookings fail"');
    expect(refused.code).toBe('old-pas');
    expect(refused.remedy.map((step) => step.verb)).toEqual(['manual', 'send']);
  });

  it('18: in closed hours an agreed undo waits for the next opening, and goes on then', async () => {
    const office = await openReadyOffice(database);
    await ran(office);
    await office.store.migrations.setOutage(
      office.migrationId,
      { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' },
      '2026-12-10T06:00:00Z',
    );
    office.clock.set('2026-12-09T10:00:00Z');
    await facts(office, 'service-definer', 'undo checked=now reason="bookings fail"');
    const waiting = await facts(office, 'clinical-safety-officer', 'undo agree');
    expect(waiting).toMatchObject({ state: 'paused', direction: 'undo' });
    expect(waiting.hold?.words).toContain('waits for the next opening: Wednesday 9 December 2026, 8pm');
    expect((await office.store.plans.current(office.migrationId)).state).toBe('rolling-back');
    expect(await office.as('service-definer').refused('resume')).toBe('working-hours');
    office.clock.set('2026-12-09T20:00:00Z');
    expect((await facts(office, 'service-definer', 'resume')).state).toBe('rolling-back');
  });

  it('18: “stay” is an answer too, and it is kept who gave it', async () => {
    const office = await openReadyOffice(database);
    await ran(office);
    expect((await facts(office, 'e-rs-lead', 'undo stay')).notice).toBe('It stays on the new system.');
    const events = await office.store.audit.latest(`migration:${office.migrationId}`, 3);
    expect(events.map(({ act }) => act)).toContain('run.undo.stay');
  });

  it('18: “undo now, or stay?” is asked before the window closes only while it is not verified', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    await office.connection.db.updateTable('run_item').set({ state: 'done-by-hand' }).execute();
    await office.connection.db.updateTable('run').set({ state: 'verifying' }).execute();
    await office.connection.db.updateTable('plan').set({ state: 'verifying' }).execute();
    const { to } = (await office.store.runs.byId(1))?.window ?? { to: '' };
    const soon = Temporal.Instant.from(to).subtract({ minutes: 20 });
    await office.as('service-definer').done('polls seen all');
    await office.as('tester').done('verify all passed');
    expect(await callBeforeClosing(office.store, soon)).toBe(false);
    await office.connection.db.deleteFrom('verification_event').execute();
    await office.connection.db.updateTable('run').set({ called: '[]' }).execute();
    expect(await callBeforeClosing(office.store, soon)).toBe(true);
  });

  it('18: guided, a service that shows something else than the run left is not ticked but left for a person', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run');
    await office.connection.db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    await facts(office, 'service-definer', 'pause');
    await facts(office, 'service-definer', 'undo checked=now reason="bookings fail"');
    await facts(office, 'clinical-safety-officer', 'undo agree');
    for (const _ of ['log-in', 'filter']) await facts(office, 'service-definer', 'step done');
    const aside = await facts(office, 'service-definer', 'step other service=7000001');
    expect(aside).toMatchObject({ guided: { step: 'tick' }, counts: { pending: 7, 'needs-a-person': 1 } });
    expect(aside.guided?.sites.flatMap(({ services }) => services).length).toBe(7);
  });

  it('18: a running run is held first, and a service in doubt is known first', async () => {
    const office = await openReadyOffice(database);
    await ran(office);
    await office.connection.db
      .updateTable('run_item')
      .set({ state: 'applying' })
      .where('service_id', '=', '7000001')
      .execute();
    expect(await office.as('service-definer').refused('undo checked=now reason="bookings fail"')).toBe('in-doubt');
  });
});

eachDatabase('how long a run takes', (database) => {
  it('13: over HTTP the practice over HTTP gives the pace; without one the guided length stands', async () => {
    const office = await openReadyOffice(database);
    const expected = async (how: string) =>
      ((await office.as('service-definer').done(`run check ${how}`)) as unknown as { expectedSeconds: number })
        .expectedSeconds;
    const guided = await expected('guided');
    expect(await expected('http')).toBe(guided);
    await practised(office);
    expect(await expected('http')).toBe(120 + 8 * 2);
    expect(await expected('guided')).toBe(guided);
  });

  it('19: the pace is measured from when the run last began to go on', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    const done = (ids: string[]) =>
      office.connection.db.updateTable('run_item').set({ state: 'confirmed' }).where('service_id', 'in', ids).execute();
    await done(['7000001', '7000002']);
    office.clock.set('2026-12-08T20:32:00Z');
    expect((await facts(office, 'e-rs-lead', 'run')).secondsLeft).toBe(6 * 60);
    await facts(office, 'service-definer', 'pause');
    office.clock.set('2026-12-08T21:00:00Z');
    await facts(office, 'service-definer', 'resume');
    office.clock.set('2026-12-08T21:01:00Z');
    expect((await facts(office, 'e-rs-lead', 'run')).secondsLeft).toBeNull();
    await done(['7000003', '7000004', '7000005']);
    const shown = await facts(office, 'e-rs-lead', 'run');
    expect(shown.secondsLeft).toBe(60);
    expect(drawn(await office.as('e-rs-lead').type('run'))).toContain('about 1 min left, until 9:02pm');
  });
});

/** A practice over HTTP of two services that took four seconds. */
async function practised(office: Office): Promise<void> {
  const { db } = office.connection;
  const plan = await db.selectFrom('plan').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
  const asJson = { selection: JSON.stringify(plan.selection), verification: JSON.stringify(plan.verification) };
  const { id: _, ...rest } = plan;
  const practice = await db
    .insertInto('plan')
    .values({
      ...rest,
      ...asJson,
      warnings: JSON.stringify(plan.warnings),
      number: 2,
      kind: 'practice',
      state: 'completed',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const run = await office.store.runs.start(
    {
      migrationId: office.migrationId,
      planId: practice.id,
      planHash: 'a'.repeat(64),
      executor: 'http',
      startedBy: 1,
      startedAt: '2026-12-02T20:30:00Z',
      runnerId: 1,
      deputyId: null,
      window: { from: '2026-12-02T20:00:00Z', to: '2026-12-02T23:00:00Z' },
      amberReason: null,
      guided: null,
    },
    ['7900001', '7900002'].map((serviceId) => ({
      serviceId,
      name: 'Test',
      site: 'XR101',
      group: 0,
      from: { organisation: 'XR1', asid: '200000000220' },
      to: { organisation: 'XR1', asid: '200000001337' },
    })),
  );
  await db
    .updateTable('run_item')
    .set({ state: 'confirmed', settled_at: '2026-12-02T20:30:04Z' })
    .where('run_id', '=', run?.id ?? 0)
    .execute();
  await db.updateTable('run').set({ state: 'completed' }).execute();
}

eachDatabase('looking at a stopped run', (database) => {
  it('16: `run` shows it and does not set it going again; `run start` does', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run executor=http');
    await facts(office, 'tester', 'abort the supplier asked us to stop');
    expect((await facts(office, 'service-definer', 'run')).state).toBe('stopped');
    expect((await facts(office, 'service-definer', 'run start')).state).toBe('running');
  });

  it('13: retrying one service goes on with the rest too, so all of it has to fit into the reserve window', async () => {
    const office = await openReadyOffice(database);
    const { db } = office.connection;
    await facts(office, 'service-definer', 'run executor=http');
    await db.updateTable('run_item').set({ state: 'failed' }).where('service_id', '=', '7000001').execute();
    await facts(office, 'e-rs-lead', 'abort the supplier asked us to stop');
    // Its own window is over; until the reserve window closes there is room for one service and not for eight.
    await db.updateTable('run').set({ window_to: '2026-12-08T20:31:00Z' }).execute();
    office.clock.set('2026-12-08T21:44:30Z');
    await go(office);
    expect(await office.as('service-definer').refused('retry')).toBe('does-not-fit');
    expect(await office.as('service-definer').refused('resume')).toBe('does-not-fit');
    expect((await office.store.runItems.one(1, '7000001'))?.state).toBe('failed');
  });

  it('17: where everything that is left is for people, it does not go on with nothing to do', async () => {
    const office = await openReadyOffice(database);
    await facts(office, 'service-definer', 'run');
    await office.connection.db.updateTable('run_item').set({ state: 'needs-a-person' }).execute();
    await facts(office, 'e-rs-lead', 'abort Update showed an error');
    const refused = await refusal(office, 'service-definer', 'resume');
    expect(refused).toMatchObject({ code: 'nothing-to-go-on', remedy: [{ verb: 'manual' }] });
    expect((await facts(office, 'service-definer', 'run')).state).toBe('stopped');
  });
});
