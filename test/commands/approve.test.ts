import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { PlanDiffFacts, PlanFacts } from '../../src/domain/plan-answers.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase, onServer } from '../support/database.ts';
import type { Desk, Office } from '../support/office.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';

const VOTERS: readonly Desk[] = ['approver', 'second-approver', 'clinical-safety-officer'];

const card = async (office: Office, desk: Desk, text: string): Promise<PlanFacts & { text: string }> => {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  const drawn = toPlainText(cardOf(outcome.answer));
  expect(drawn).not.toMatch(/undefined|\[object|NaN/);
  return { ...(outcome.answer.facts as unknown as PlanFacts), text: drawn };
};
const shown = async (office: Office, number = 1): Promise<PlanFacts> => {
  const plan = await office.store.plans.current(office.migrationId, number);
  return office.store.plans.facts(plan.id, office.clock.now(), QUIET);
};
const QUIET = { source: '', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() };
const refusal = async (office: Office, desk: Desk, text: string) => {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'refusal') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  return outcome.refusal;
};

eachDatabase('approve by chat', (database) => {
  it('9: two approvers and a clinical safety officer approve, and the card says so at every step', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    expect((await card(office, 'approver', `approve ${code}`)).text).toContain('needs 2 more approvals');
    office.clock.set('2026-12-01T19:10:00Z');
    const second = await card(office, 'second-approver', `approve ${code}`);
    expect(second.text).toContain('needs 1 more approval');
    expect(second.text).toContain('✔ approver (7pm)  ✔ approver (7:10pm)  … clinical safety officer');
    expect(second).toMatchObject({ couldVote: ['The clinical-safety-officer'] });
    const third = await card(office, 'clinical-safety-officer', `approve ${code}`);
    expect(third).toMatchObject({ state: 'approved', needed: [] });
    expect(third.text).toContain(`The clinical-safety-officer approved ${code}, Tuesday 1 December 2026, 7:10pm`);
  });

  it('9: author, last editor, service definer, deputy and those without the role have no vote', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const author = await refusal(office, 'planner', `approve ${code}`);
    expect(author.code).toBe('author');
    expect(author.message).toContain('Still needed: 2 approvers and 1 clinical safety officer. 3 people could:');
    expect(await office.as('service-definer').refused(`approve ${code}`)).toBe('runner');
    expect(await office.as('deputy').refused(`approve ${code}`)).toBe('deputy');
    expect(await office.as('tester').refused(`approve ${code}`)).toBe('no-vote-role');
    expect(await office.as('stranger').refused(`approve ${code}`)).toBe('stranger');
    expect(await office.as('approver').refused('approve AAA-AAA')).toBe('unknown-code');
    await office.as('e-rs-lead').done('plan 1 add=7000011 runner=none --refresh --save');
  });

  it('8: a stale card is refused, with what changed and when; the votes are gone', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office, 'site=XR101');
    await office.as('approver').done(`approve ${code}`);
    office.clock.set('2026-12-01T19:14:00Z');
    const diff = (await office.as('planner').done('plan 1 add=7000011')) as unknown as PlanDiffFacts;
    expect(diff).toMatchObject({ added: 1, votes: 'void' });
    const changed = await card(office, 'planner', 'plan 1 add=7000011 --save');
    expect(changed).toMatchObject({ state: 'submitted', services: 6, needed: [{ count: 2 }, { count: 1 }] });
    expect(changed.code).not.toBe(code);
    const stale = await refusal(office, 'second-approver', `approve ${code}`);
    expect(stale.code).toBe('stale-card');
    expect(stale.message).toContain(`That card showed ${code}. The plan changed at 7:14pm (service 7000011 was added`);
    await office.as('second-approver').done(`approve ${changed.code}`);
  });

  it('10: taking a service off keeps the approvers’ votes and asks the clinical safety officer again', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    for (const desk of VOTERS) await office.as(desk).done(`approve ${code}`);
    const { verification } = await office.store.plans.current(office.migrationId);
    const spare = ['7000002', '7000003', '7000004'].find((id) => !verification.includes(id)) ?? '';
    const changed = await card(office, 'planner', `plan 1 remove=${spare} --save`);
    expect(changed).toMatchObject({
      state: 'submitted',
      services: 7,
      needed: [{ role: 'clinical-safety-officer', count: 1 }],
      changes: [`service ${spare} was taken off and stays on the old system`],
    });
    const again = await card(office, 'clinical-safety-officer', `approve ${changed.code}`);
    expect(again.state).toBe('approved');
  });

  it('10: who is called after a change reads what it did to the votes, and why all ended', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    await office.as('approver').done(`approve ${code}`);
    const called = async () =>
      (await office.connection.db.selectFrom('posting').select('message').where('kind', '=', 'call').execute()).at(-1)
        ?.message;
    const { verification } = await office.store.plans.current(office.migrationId);
    const spare = ['7000002', '7000003', '7000004'].find((id) => !verification.includes(id)) ?? '';
    await office.as('planner').done(`plan 1 remove=${spare} --save`);
    expect(await called()).toContain('What approvers voted so far stays. Please look at');
    expect(await called()).not.toContain('0 votes');
    const critical = await card(office, 'planner', 'plan 1 remove=7000005 --save');
    expect(await called()).toContain('1 vote ended. Please look at');
    expect(critical.changes).toContain(
      'service 7000005 was to be verified or polled on the day, so every vote is asked for again',
    );
    const { message } = await refusal(office, 'planner', 'submit 1');
    expect(message).toBe('Plan 1 is waiting for approval already. Open the plan to see what can be done now.');
  });

  it('10: taking off a business-critical service, or moving the window, ends all votes', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    for (const desk of VOTERS) await office.as(desk).done(`approve ${code}`);
    const without = await card(office, 'planner', 'plan 1 remove=7000005 --save');
    expect(without.needed).toMatchObject([{ count: 2 }, { count: 1 }]);
    for (const desk of VOTERS) await office.as(desk).done(`approve ${without.code}`);
    await office.as('planner').done('window plan=1 from="2026-12-09 20:15" to="2026-12-09 23:30"');
    expect(await shown(office)).toMatchObject({
      state: 'submitted',
      changes: ['the window or a reserve window changed'],
    });
    expect((await shown(office)).votes.every(({ at }) => at === null)).toBe(true);
  });

  it('a rejected plan is a draft again, without votes, and says why', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    await office.as('approver').done(`approve ${code}`);
    expect((await office.as('second-approver').type(`reject ${code}`)).kind).toBe('form');
    const facts = await card(office, 'second-approver', `reject ${code} the window is too short`);
    expect(facts).toMatchObject({ state: 'draft', code: null, votes: [] });
    expect(facts.text).toContain('rejected');
    expect(await office.store.votes.of(1)).toEqual([]);
    expect(await office.as('approver').refused(`approve ${code}`)).toBe('plan-state');
    await office.as('planner').done('submit');
  });

  it('10: a vote can be taken back until the start, and then the plan waits again', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    for (const desk of VOTERS) await office.as(desk).done(`approve ${code}`);
    expect(await card(office, 'approver', 'unvote')).toMatchObject({
      state: 'submitted',
      needed: [{ role: 'approver', count: 1 }],
    });
    expect(await office.as('approver').refused('unvote')).toBe('no-vote');
    expect(await card(office, 'approver', `approve ${code}`)).toMatchObject({ state: 'approved' });
    await office.store.plans.moveTo(1, 'running', { personId: 1, at: '2026-12-08T20:15:00Z', words: 'started' });
    expect(await office.as('approver').refused('unvote')).toBe('plan-state');
  });

  it('10: votes expire after 14 days, and the card asks for them again', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    for (const desk of VOTERS) await office.as(desk).done(`approve ${code}`);
    office.clock.set('2026-12-15T19:00:01Z');
    expect((await shown(office)).needed).toMatchObject([{ count: 2 }, { count: 1 }]);
    for (const desk of VOTERS) await office.as(desk).done(`approve ${code}`);
    expect((await shown(office)).needed).toEqual([]);
  });

  it('9: a vote counts no more once its role is taken away', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    for (const desk of VOTERS) await office.as(desk).done(`approve ${code}`);
    await office.as('e-rs-lead').done('revoke second-approver@rehearsal.example approver');
    expect((await shown(office)).needed).toMatchObject([{ role: 'approver', count: 1 }]);
  });

  it('9: one person, one vote: a double click counts once', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    await office.as('approver').done(`approve ${code}`);
    await office.as('approver').done(`approve ${code}`);
    expect((await office.store.votes.of(1)).length).toBe(1);
  });

  it('27: every act on a plan is in the audit, votes with the hash that they are bound to', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    await office.as('approver').done(`approve ${code}`);
    const { hash } = await shown(office);
    const events = await office.connection.db
      .selectFrom('audit_event')
      .select(['act', 'text'])
      .orderBy('seq')
      .execute();
    expect(events.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['plan.created', 'plan.submitted', 'plan.approved']),
    );
    expect(events.find(({ act }) => act === 'plan.approved')?.text).toContain(hash);
  });
});

onServer('approve in a race', (database) => {
  it('9: two last votes at once: both count and the plan is approved once', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const outcomes = await Promise.all(VOTERS.map((desk) => office.as(desk).type(`approve ${code}`)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'answer']);
    expect((await shown(office)).state).toBe('approved');
    const events = await office.connection.db
      .selectFrom('audit_event')
      .select('act')
      .where('act', '=', 'plan.quorum')
      .execute();
    expect(events.length).toBe(1);
  });

  it('8: a vote during an edit either counts for what was shown or is refused, never for the edit', async () => {
    for (let round = 0; round < 5; round++) {
      const office = await openPlanOffice(database);
      const code = await submitted(office, 'site=XR101');
      const [vote] = await Promise.all([
        office.as('approver').type(`approve ${code}`),
        office.as('planner').type('plan 1 add=7000011 --save'),
      ]);
      expect(vote.kind === 'answer' || (vote.kind === 'refusal' && vote.refusal.code === 'stale-card')).toBe(true);
      expect(await office.store.votes.of(1)).toEqual([]);
      expect((await shown(office)).services).toBe(6);
    }
  });

  it('9: the same click delivered five times at once is one vote', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => office.as('approver').type(`approve ${code}`)));
    expect(outcomes.every(({ kind }) => kind === 'answer')).toBe(true);
    expect((await office.store.votes.of(1)).length).toBe(1);
  });

  it('4: two plans saved at once over the same services: one has them, the other is told who', async () => {
    const office = await openPlanOffice(database);
    const outcomes = await Promise.all([
      office.as('planner').type('plan XR101 --save'),
      office.as('e-rs-lead').type('plan ids=7000001,7000011 --save'),
    ]);
    const plans = await office.store.plans.list(office.migrationId);
    const held = (await Promise.all(plans.map(({ id }) => office.store.plans.services(id)))).flat();
    expect(new Set(held.map(({ serviceId }) => serviceId)).size).toBe(held.length);
    const refused = outcomes.filter(({ kind }) => kind === 'refusal');
    expect(refused.length + plans.length).toBe(2);
    for (const one of refused) expect(one).toMatchObject({ refusal: { code: 'service-held' } });
  });
});
