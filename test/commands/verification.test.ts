import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { PollsFacts, VerificationFacts } from '../../src/domain/verification-answers.ts';
import { subjectFacts } from '../../src/store/subjects.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { plannedService } from '../support/notice-facts.ts';
import { type Office, openOffice } from '../support/office.ts';
import { givenPlan, idOf } from '../support/office-plan.ts';

const NIGHT = '2026-12-08T22:00:00Z';
const HOLIDAYS = { source: 'a test table', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() };
const CLOSING = ['displaced', 'test-bookings-cancelled', 'test-service-unpublished'];

async function ask<F>(office: Office, desk: Parameters<Office['as']>[0], text: string): Promise<F> {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  expect(toPlainText(cardOf(outcome.answer))).not.toMatch(/undefined|\[object|NaN/);
  return outcome.answer.facts as unknown as F;
}

/** A plan of six services at three sites whose run has settled. */
async function afterTheRun(office: Office) {
  const services = ['XR101', 'XR101', 'XR102', 'XR102', 'XR103', 'XR103'].map((site, index) =>
    plannedService(String(7000001 + index), { site, businessCritical: index === 1 }),
  );
  return givenPlan(office, {
    services,
    verification: ['7000001', '7000003', '7000005'],
    path: ['submitted', 'approved', 'running', 'verifying'],
  });
}

async function tickTheRest(office: Office): Promise<void> {
  const by = await idOf(office, 'e-rs-lead');
  for (const key of CLOSING) {
    await office.store.checklist.set(office.migrationId, {
      key,
      personId: by,
      at: office.clock.now().toString(),
      evidence: 'done',
      target: '200000001337',
      practicePlanId: null,
    });
  }
}

eachDatabase('25: after go-live, by chat', (database) => {
  it('polls are listed, taken, ticked one by one and all at once', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await afterTheRun(office);
    const shown = await ask<PollsFacts>(office, 'tester', 'polls');
    expect(shown.lines.map((line) => [line.serviceId, line.why])).toEqual([
      ['7000001', 'verification'],
      ['7000002', 'business-critical'],
      ['7000003', 'verification'],
      ['7000005', 'verification'],
    ]);
    expect((await ask<PollsFacts>(office, 'service-definer', 'polls claim XR101')).lines[0]?.owner).toBe(
      'The service-definer',
    );
    expect(await ask<PollsFacts>(office, 'tester', 'polls seen 7000002')).toMatchObject({ seen: 1, total: 4 });
    const none = await ask<PollsFacts>(office, 'tester', 'polls none 7000003 problem="no slots after two polls"');
    expect(none.lines[0]).toMatchObject({ serviceId: '7000003', problem: 'no slots after two polls' });
    office.clock.set('2026-12-08T22:10:00Z');
    const all = await ask<PollsFacts>(office, 'service-definer', 'polls seen all');
    expect(all).toMatchObject({ seen: 4, notice: '3 polls ticked: slots seen.' });
    const first = all.lines.find((line) => line.serviceId === '7000002');
    expect(first).toMatchObject({ seenAt: NIGHT, seenBy: 'The tester' });
    expect(await office.as('tester').refused('polls seen 7000006')).toBe('unknown-service');
    expect(await office.as('tester').type('polls seen')).toMatchObject({
      kind: 'form',
      form: { fields: [{ name: 'services', optional: false }] },
    });
    expect(await office.as('observer').refused('polls seen all')).toBe('role');
    expect(await ask<PollsFacts>(office, 'observer', 'polls')).toMatchObject({ seen: 4 });
  });

  it('anyone with a role may look at the tests: whoever accepts or completes has to', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await afterTheRun(office);
    for (const desk of ['clinical-safety-officer', 'e-rs-lead', 'observer'] as const) {
      expect(await ask<VerificationFacts>(office, desk, 'verify')).toMatchObject({ tests: 9, passed: 0 });
      expect(await office.as(desk).refused('verify all passed')).toBe('role');
      const outcome = await office.as(desk).type('verify');
      expect(outcome).not.toMatchObject({ may: expect.arrayContaining(['verify']) });
    }
    await ask(office, 'tester', 'verify 7000003 cancel failed PAS_NOT_RESPONDING');
    const form = { fields: [{ name: 'services', options: [{ value: '7000003:cancel' }] }, {}, { name: 'reason' }] };
    expect(await office.as('clinical-safety-officer').click('accept')).toMatchObject({ kind: 'form', form });
  });

  it('25: what is accepted from a form is what stood in it: a test that failed since is not', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await afterTheRun(office);
    await ask(office, 'tester', 'verify 7000003 cancel failed PAS_NOT_RESPONDING');
    const form = await office.as('clinical-safety-officer').click('accept');
    const chosen = form.kind === 'form' ? form.form.fields[0]?.options?.[0]?.value : undefined;
    await ask(office, 'tester', 'verify 7000003 book failed PAS_RESPONDED_WITH_ERROR');
    const reason = 'the site cancels by telephone until Thursday';
    const outcome = await office.as('clinical-safety-officer').click('accept', { services: chosen ?? '', reason });
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    const facts = outcome.answer.facts as unknown as VerificationFacts;
    expect(facts.accepted).toMatchObject([{ serviceId: '7000003', scenario: 'cancel' }]);
    expect(facts.waiting[0]).toMatchObject({ serviceId: '7000003', scenario: 'book', state: 'failed' });
    expect(facts.notice).toContain('Not accepted, as it failed since: 7000003 book.');
  });

  it('a booking passes by two marks; a failure calls for help and is retested or accepted', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    const plan = await afterTheRun(office);
    const half = await ask<VerificationFacts>(office, 'tester', 'verify 7000001 book e-rs T-7');
    expect(half.waiting[0]).toMatchObject({
      serviceId: '7000001',
      scenario: 'book',
      state: 'half',
      seen: ['e-rs'],
      reference: 'T-7',
    });
    expect(await ask<VerificationFacts>(office, 'tester', 'verify 7000001 book pas')).toMatchObject({ passed: 1 });
    const failed = await ask<VerificationFacts>(office, 'tester', 'verify 7000001 cancel failed PAS_NOT_RESPONDING');
    expect(failed.waiting[0]).toMatchObject({ state: 'failed', reason: 'PAS_NOT_RESPONDING', reference: 'T-7' });
    const posted = await office.connection.db.selectFrom('posting').select(['kind', 'subject', 'message']).execute();
    expect(posted).toContainEqual({ kind: 'card', subject: `verification:${plan.id}`, message: null });
    expect(posted.find((one) => one.kind === 'call')?.message).toContain('A test failed at 7000001');
    // No time is known until which the old PAS answers, so no undo is offered.
    expect(posted.find((one) => one.kind === 'call')?.message).toMatch(/`\/bsu manual`.*`\/bsu accept`/);
    expect(posted.find((one) => one.kind === 'call')?.message).not.toContain('/bsu undo');
    expect(await office.as('tester').refused('accept 7000001 cancel it is fine')).toBe('role');
    const accepted = await ask<VerificationFacts>(
      office,
      'clinical-safety-officer',
      'accept 7000001 cancel the site cancels by telephone',
    );
    expect(accepted.accepted).toMatchObject([
      { serviceId: '7000001', scenario: 'cancel', by: 'The clinical-safety-officer' },
    ]);
    expect(await office.as('clinical-safety-officer').refused('accept 7000003 nothing failed here')).toBe(
      'nothing-to-accept',
    );
    const removed = await ask<VerificationFacts>(office, 'tester', 'verify 7000001 removed at="9:45pm"');
    expect(removed.waiting.find((test) => test.scenario === 'remove-slot')?.seen).toEqual(['removed']);
    expect(await ask<VerificationFacts>(office, 'tester', 'verify 7000001 not-offered')).toMatchObject({ passed: 3 });
  });

  it('30: a pass that was noted before a failure is no retest of it, whenever it is entered', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await afterTheRun(office);
    await ask(office, 'tester', 'verify 7000001 book failed PAS_NOT_RESPONDING');
    const early = await ask<VerificationFacts>(office, 'tester', 'verify 7000001 book passed at="9:15pm"');
    expect(early.waiting[0]).toMatchObject({ serviceId: '7000001', scenario: 'book', state: 'failed' });
    expect(early.passed).toBe(0);
    expect(early.notice).toContain('1 test failed later than that, and still does: test again.');
    // The other way round: a failure of before the pass is retested by it.
    await ask(office, 'tester', 'verify 7000003 book passed');
    expect(
      await ask<VerificationFacts>(office, 'tester', 'verify 7000003 book failed PAS_NOT_RESPONDING at="9:20pm"'),
    ).toMatchObject({ passed: 1 });
    // What the safety officer accepted was what they knew: a failure that is entered afterwards is not part of it.
    office.clock.set('2026-12-08T22:20:00Z');
    const safety = 'clinical-safety-officer';
    expect(
      await ask<VerificationFacts>(office, safety, 'accept 7000001 book booked by telephone until Thursday'),
    ).toMatchObject({ passed: 2 });
    office.clock.set('2026-12-08T22:30:00Z');
    const again = 'verify 7000001 book failed PAS_RESPONDED_WITH_ERROR at="9:50pm"';
    expect(await ask<VerificationFacts>(office, 'tester', again)).toMatchObject({ passed: 1 });
  });

  it('25: nothing that is checked after the run was seen before it: 9:15am was typed for 9:15pm', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await givenGoLive(office);
    const outcome = await office.as('tester').type('verify 7000001 book passed at="9:15am"');
    if (outcome.kind !== 'refusal') throw new Error('It was recorded.');
    expect(outcome.refusal.code).toBe('test-before-run');
    expect(outcome.refusal.message).toContain('which began at Tuesday 8 December 2026, 8:30pm');
    expect(await office.as('tester').refused('polls seen all at="9:15am"')).toBe('late-time');
    expect(await ask<VerificationFacts>(office, 'tester', 'verify 7000001 book passed at="9:15pm"')).toMatchObject({
      passed: 1,
    });
    expect(await ask<PollsFacts>(office, 'tester', 'polls seen all at="9:15pm"')).toMatchObject({ seen: 3 });
  });

  it('a form asks for what is missing, and wrong words are refused', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await afterTheRun(office);
    expect(await office.as('tester').type('verify 7000001')).toMatchObject({ kind: 'form' });
    expect(await office.as('tester').type('verify 7000001 book failed')).toMatchObject({ kind: 'form' });
    expect(await office.as('tester').refused('verify 7000002 passed')).toBe('unknown-service');
    expect(await office.as('tester').refused('verify 7000001 removed at="11:45pm"')).toBe('test-ahead');
    expect(await office.as('tester').refused('verify 7000001 book failed UBRN 0000 4951 2345')).toBe('patient-data');
    expect(await office.as('tester').type('verify 7000001 book passed reference=000049512345')).not.toMatchObject({
      kind: 'answer',
    });
  });

  it('"completed" is locked until quorum, polls and the closing tasks; then plan and card say so', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    const plan = await afterTheRun(office);
    expect(await office.as('e-rs-lead').refused('complete')).toBe('not-verified');
    await office.as('tester').done('verify all passed');
    expect(await office.as('e-rs-lead').refused('complete')).toBe('not-verified');
    await office.as('tester').done('polls seen all');
    expect(await office.as('e-rs-lead').refused('complete')).toBe('not-verified');
    await tickTheRest(office);
    expect(await office.as('tester').refused('complete')).toBe('role');
    expect(await ask<VerificationFacts>(office, 'e-rs-lead', 'complete')).toMatchObject({
      state: 'completed',
      passed: 9,
      tests: 9,
    });
    expect((await office.store.plans.byId(plan.id))?.state).toBe('completed');
    const card = await subjectFacts(office.store, `verification:${plan.id}`, office.clock.now(), HOLIDAYS);
    expect(card && cardOf(card).headline).toBe('✔ Plan 1 is completed: the new system is verified');
    expect(await office.as('e-rs-lead').refused('complete plan=1')).toBe('plan-state');
  });

  it('each service has a named tester, and the card shows what sites said the morning after', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    const plan = await afterTheRun(office);
    expect(await ask<VerificationFacts>(office, 'tester', 'verify')).toMatchObject({
      testers: [{ name: null, services: 3 }],
      mornings: [],
    });
    const mine = await ask<VerificationFacts>(office, 'tester', 'verify 7000001 tester=me');
    expect(mine).toMatchObject({ notice: 'The tester tests 7000001.' });
    expect(await ask<VerificationFacts>(office, 'tester', 'verify tester=me')).toMatchObject({
      notice: 'The tester tests 7000003, 7000005.',
    });
    expect(await office.as('tester').refused('verify tester=me')).toBe('nothing-to-say');
    const given = await ask<VerificationFacts>(office, 'tester', 'verify 7000003,7000005 tester="The service-definer"');
    expect(given.testers).toEqual([
      { name: 'The service-definer', services: 2 },
      { name: 'The tester', services: 1 },
    ]);
    expect(given.waiting.map(({ serviceId, tester }) => [serviceId, tester])).toContainEqual([
      '7000003',
      'The service-definer',
    ]);
    const calls = await office.connection.db.selectFrom('posting').select(['kind', 'message']).execute();
    expect(calls.find(({ kind }) => kind === 'call')?.message).toContain('You test 7000003, 7000005');
    expect(await office.as('tester').refused('verify 7000001 tester="The observer"')).toBe('unknown-person');
    expect(await office.as('tester').refused('verify 7000002 tester=me')).toBe('unknown-service');
    expect(await office.as('observer').refused('verify 7000001 tester=me')).toBe('role');
    office.clock.set('2026-12-09T09:10:00Z');
    await office.as('e-rs-lead').done('polls arrived XR101');
    await office.as('e-rs-lead').done('polls missing XR102 problem="none at all"');
    const morning = await ask<VerificationFacts>(office, 'tester', 'verify');
    expect(morning).toMatchObject({
      mornings: [
        { site: 'XR101', arrived: true },
        { site: 'XR102', arrived: false, note: 'none at all' },
      ],
      morningsOpen: ['XR103'],
    });
    const card = await subjectFacts(office.store, `verification:${plan.id}`, office.clock.now(), HOLIDAYS);
    const shown = card ? toPlainText(cardOf(card)) : '';
    expect(shown).toContain('✖ XR102 none (none at all)');
    expect(shown).toContain('no answer yet: XR103');
  });

  it('is not recorded before the run', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await givenPlan(office);
    expect(await office.as('tester').refused('verify all passed')).toBe('plan-state');
    expect(await office.as('tester').refused('polls seen all')).toBe('plan-state');
    expect(await office.as('e-rs-lead').refused('complete')).toBe('plan-state');
  });
});
