import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { PlanDiffFacts, PlanFacts, PlanOpenedFacts, PlanTicksFacts } from '../../src/domain/plan-answers.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { service } from '../domain/plan-service.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { estate, importServices, openPlanOffice, submitted } from '../support/plan-office.ts';

/** The facts, once their card was drawn without a gap in its words. */
const ask = async <F>(office: Office, desk: Parameters<Office['as']>[0], text: string): Promise<F> => {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  expect(toPlainText(cardOf(outcome.answer))).not.toMatch(/undefined|\[object|NaN/);
  return outcome.answer.facts as unknown as F;
};
const refusal = async (office: Office, desk: Parameters<Office['as']>[0], text: string) => {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'refusal') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  return outcome.refusal;
};

/** When the office's clock stood still. */
const SAVED = 'Tuesday 1 December 2026, 7pm';

eachDatabase('plan by chat', (database) => {
  it('4: a priority, a current system and exceptions choose alike by a typed line and by the form', async () => {
    const office = await openPlanOffice(database);
    const planner = office.as('planner');
    const typed = await planner.done('plan site=XR101 priority=2ww from=200000000220');
    const form = { site: 'XR101', priority: 'suspected-cancer', from: '200000000220' };
    const filled = await planner.click('plan', form);
    expect(typed).toMatchObject({ services: 1, words: expect.stringContaining('urgent suspected cancer') });
    expect(filled).toMatchObject({ kind: 'answer', answer: { facts: typed } });
    const asked = await planner.click('plan');
    if (asked.kind !== 'form') throw new Error('The form was not asked.');
    expect(asked.form.fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'file',
        'site',
        'specialty',
        'name',
        'organisation',
        'from',
        'priority',
        'except',
        'ids',
      ]),
    );
    const wrong = await planner.click('plan', { ...form, except: '7999999' });
    expect(wrong).toMatchObject({
      kind: 'refusal',
      refusal: { fields: { except: expect.stringContaining('7999999') } },
    });
  });

  it('4: shows the difference by site before anything is saved, and saves what was shown', async () => {
    const office = await openPlanOffice(database);
    const diff = await ask<PlanDiffFacts>(office, 'planner', 'plan XR101 except=7000002');
    expect(diff).toMatchObject({
      number: null,
      services: 4,
      words: 'all 4 services at XR101 except 7000002',
      sites: [{ organisation: 'XR1', site: 'XR101', count: 4, leftOut: 1 }],
      warnings: [{ why: 'sibling-left-out', count: 1, examples: ['7000002'] }],
      runner: 'The service-definer',
      deputy: 'The deputy',
    });
    expect(await office.store.plans.list(office.migrationId)).toEqual([]);
    const saved = await office.as('planner').click(diff.save.verb, diff.save.input);
    expect(saved).toMatchObject({
      kind: 'answer',
      answer: { code: 'plan.shown', facts: { state: 'draft', services: 4 } },
    });
  });

  it('4: what changed between looking and saving is shown again, not saved', async () => {
    const office = await openPlanOffice(database);
    const diff = await ask<PlanDiffFacts>(office, 'planner', 'plan XR102');
    await importServices(office, estate().slice(0, 7), 2);
    const again = await office.as('planner').click(diff.save.verb, diff.save.input);
    expect(again).toMatchObject({ kind: 'answer', answer: { code: 'plan.diff', facts: { services: 2, snapshot: 2 } } });
    expect(await office.store.plans.list(office.migrationId)).toEqual([]);
  });

  it('4: a selection that matches nothing, a mistyped code and no extract are refused', async () => {
    const office = await openPlanOffice(database);
    expect(await office.as('planner').refused('plan XR109')).toBe('selection-names-nothing');
    expect(await office.as('planner').refused('plan XR101 except=7000013')).toBe('selection-names-nothing');
    expect(await office.as('planner').refused('plan XR101 specialty=999')).toBe('selection-names-nothing');
    expect(await office.as('observer').refused('plan XR101')).toBe('role');
    expect((await office.as('planner').type('plan')).kind).toBe('form');
  });

  it('4: services that cannot be in a plan are left out and said', async () => {
    const office = await openPlanOffice(database, [
      ...estate(),
      service('7000021', { providerOrg: 'XR1', locationOrg: 'XR102', directlyBookable: false }),
      service('7000022', { providerOrg: 'XR1', locationOrg: 'XR102', currentAsid: null }),
    ]);
    const diff = await ask<PlanDiffFacts>(office, 'planner', 'plan XR102');
    expect(diff.services).toBe(3);
    expect(diff.refused.map(({ why, examples }) => [why, examples])).toEqual([
      ['not-directly-bookable', ['7000021']],
      ['system-unknown', ['7000022']],
    ]);
    expect(await office.as('planner').refused('plan ids=7000021')).toBe('selection-refused');
  });

  it('4: a service is in one open plan; the second is told whose, and is free once the first is withdrawn', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan XR101 --save');
    const diff = await ask<PlanDiffFacts>(office, 'planner', 'plan site=XR101,XR102');
    expect(diff.refused).toMatchObject([{ why: 'held', count: 5, holders: [`plan 1 by The planner since ${SAVED}`] }]);
    expect((await refusal(office, 'planner', 'plan XR101')).message).toContain(`plan 1 by The planner since ${SAVED}`);
    await office.as('planner').done('withdraw plan=1 the wave was cut differently');
    expect((await ask<PlanDiffFacts>(office, 'planner', 'plan XR101')).services).toBe(5);
  });

  it('6: the tick sheet counts single services by organisation and site', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan site=XR101,XR102 --save');
    const { sheet } = await ask<PlanTicksFacts>(office, 'service-definer', 'ticks');
    expect([sheet.ticks, sheet.organisations[0]?.sites.map(({ site, ticks }) => [site, ticks])]).toEqual([
      8,
      [
        ['XR101', 5],
        ['XR102', 3],
      ],
    ]);
  });

  it('6: a whole site is one tick once a person compared its list with the screen, for 24 hours', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan site=XR101,XR102 --save');
    const definer = office.as('service-definer');
    const wholes = async () => {
      const { sheet } = await ask<PlanTicksFacts>(office, 'service-definer', 'ticks');
      return sheet.organisations.flatMap(({ sites }) => sites.map(({ whole, ticks }) => [whole, ticks]));
    };
    expect(await ask(office, 'service-definer', 'screen XR101 6')).toMatchObject({ whole: false, differs: true });
    expect(await ask(office, 'service-definer', 'screen XR101 5')).toMatchObject({ whole: true, leftOut: 0 });
    expect(await wholes()).toEqual([
      [true, 1],
      [false, 3],
    ]);
    office.clock.set('2026-12-02T19:00:01Z');
    expect(await wholes()).toEqual([
      [false, 5],
      [false, 3],
    ]);
    expect(await definer.refused('screen XR999 5')).toBe('no-site');
    expect(await office.as('observer').refused('screen XR101 5')).toBe('role');
  });

  it('6: a site of which the plan leaves a service out is never one tick, nor by a look at another import', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan site=XR101,XR102 except=7000001 --save');
    expect(await ask(office, 'service-definer', 'screen XR101 5')).toMatchObject({ whole: false, leftOut: 1 });
    expect(await ask(office, 'service-definer', 'screen XR102 3')).toMatchObject({ whole: true });
    await importServices(office, estate(), 2);
    await office.as('planner').done('plan 1 --refresh --save');
    const { sheet } = await ask<PlanTicksFacts>(office, 'service-definer', 'ticks');
    expect(sheet.ticks).toBe(7);
  });

  it('8: show opens what the code covers', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const outcome = await office.as('approver').type('show 1');
    expect(outcome).toMatchObject({ kind: 'answer', answer: { files: [{ name: 'plan-1-services.csv' }] } });
    const opened = await ask<PlanOpenedFacts>(office, 'approver', 'show');
    expect(opened).toMatchObject({ undo: 8, plan: { code, services: 8 }, versions: [{ code }] });
    expect(opened.verificationServices.length).toBe(3);
  });

  it('a plan can be withdrawn before it runs, and no later', async () => {
    const office = await openPlanOffice(database);
    await submitted(office);
    const facts = await ask<PlanFacts>(office, 'planner', 'withdraw the go-live moved to 2027');
    expect(facts.state).toBe('withdrawn');
    expect(await office.as('planner').refused('withdraw plan=1 again')).toBe('plan-state');
  });
});

eachDatabase('submit by chat', (database) => {
  it('5: gaps block the submit until they are fixed, and all faults are told at once', async () => {
    const office = await openPlanOffice(database, [
      ...estate(),
      service('7000030', { providerOrg: 'XR1', locationOrg: 'XR102', contactPhone: null }),
    ]);
    await office.as('planner').done('plan XR102 --save');
    const refused = await refusal(office, 'planner', 'submit');
    expect(refused.code).toBe('gaps');
    expect(refused.facts).toEqual({ faults: ['gaps', 'no-window'] });
    await office.as('planner').done('plan 1 remove=7000030 --save');
    expect(await office.as('planner').refused('submit')).toBe('no-window');
  });

  it('5: who was asked to complete a site, by whom and when, stands with its gaps', async () => {
    const holes = estate().map((one) => (one.locationOrg === 'XR102' ? { ...one, contactPhone: null } : one));
    const office = await openPlanOffice(database, holes);
    const asked = async () => (await office.as('tester').done('gaps')).sites as { site: string; asked: unknown }[];
    expect((await asked()).map((one) => one.asked)).not.toContainEqual(
      expect.objectContaining({ by: expect.anything() }),
    );
    await ask(office, 'planner', 'gaps asked site=XR102 the outpatient manager');
    office.clock.set('2026-12-02T09:00:00Z');
    await ask(office, 'planner', 'gaps asked site=XR102 who="the site director"');
    expect((await asked()).find(({ site }) => site === 'XR102')?.asked).toEqual({
      who: 'the site director',
      by: 'The planner',
      at: '2026-12-02T09:00:00Z',
    });
    expect(await office.as('planner').refused('gaps asked site=XR101 the outpatient manager')).toBe('which-site');
    expect(await office.as('tester').refused('gaps asked site=XR102 the outpatient manager')).toBe('role');
  });

  it('3: a service that a newer import links otherwise is looked at again before the submit', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan XR102 --save');
    const moved = estate().map((one) => (one.serviceId === '7000011' ? { ...one, currentAsid: '200000000555' } : one));
    await importServices(office, moved, 2);
    expect((await refusal(office, 'planner', 'submit')).facts).toEqual({ faults: ['newer-import', 'no-window'] });
    const again = await ask<PlanFacts>(office, 'planner', 'plan 1 --refresh --save');
    expect(again.fromAsids).toEqual(['200000000220', '200000000555']);
    expect(await office.as('planner').refused('submit')).toBe('no-window');
  });

  it('3: a plan is compared with a newer import, and with another plan', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan XR101 except=7000005 --save');
    expect(await ask(office, 'planner', 'compare plan=1')).toMatchObject({ counts: [], services: 4 });
    const changed = estate()
      .slice(1)
      .map((one) => (one.serviceId === '7000002' ? { ...one, currentAsid: '200000000777' } : one))
      .map((one) => (one.serviceId === '7000003' ? { ...one, directlyBookable: false } : one));
    await importServices(office, [...changed, service('7000009', { providerOrg: 'XR1', locationOrg: 'XR101' })], 2);
    expect(await ask(office, 'planner', 'compare plan=1')).toMatchObject({
      against: { kind: 'import', number: 2 },
      first: [
        { serviceId: '7000001', what: 'gone' },
        { serviceId: '7000002', what: 'linked-otherwise', detail: 'XR1 200000000220 → XR1 200000000777' },
        { serviceId: '7000003', what: 'not-bookable' },
        { serviceId: '7000009', what: 'new' },
      ],
    });
    await office.as('planner').done('withdraw plan=1 the wave was cut differently');
    await office.as('planner').done('plan ids=7000002,7000011 --save');
    expect(await ask(office, 'planner', 'compare plan=1 with=2')).toMatchObject({
      counts: [
        { what: 'only-here', count: 3 },
        { what: 'only-there', count: 1 },
        { what: 'moves-otherwise', count: 1 },
      ],
    });
  });

  it('2: an extract older than 45 days blocks the submit', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan XR101 --save');
    office.clock.set('2027-01-15T19:00:00Z');
    expect((await refusal(office, 'planner', 'submit')).facts).toEqual({ faults: ['old-extract', 'no-window'] });
  });

  it('9: submit is refused when nobody could complete the approval, and says who is missing', async () => {
    const office = await openPlanOffice(database);
    await office.as('e-rs-lead').done('revoke second-approver@rehearsal.example approver');
    await office.as('planner').done('plan XR101 --save');
    const refused = await refusal(office, 'planner', 'submit');
    expect(refused.facts).toEqual({ faults: ['no-window', 'nobody-could-approve'] });
    expect(refused.message).toContain('missing 1 approver');
  });
});

describe('practice', () => {
  eachDatabase('7: practice by chat', (database) => {
    it('7: one to three test services, one approver; completing it fills the test items', async () => {
      const office = await openPlanOffice(database);
      expect(await office.as('planner').refused('practice 7000001,7000002,7000003,7000004')).toBe(
        'too-many-test-services',
      );
      await office.as('planner').done('practice 7000001 --save');
      await office.as('planner').done('window plan=1 from="2026-12-02 20:15" to="2026-12-02 23:30"');
      const { code } = await ask<PlanFacts>(office, 'planner', 'submit 1');
      const approved = await ask<PlanFacts>(office, 'approver', `approve ${code}`);
      expect(approved).toMatchObject({ kind: 'practice', state: 'approved', votes: [{ role: 'approver' }] });
      const act = { personId: 1, at: office.clock.now().toString(), words: 'done' };
      for (const state of ['running', 'verifying', 'completed'] as const)
        await office.store.plans.moveTo(1, state, act);
      const list = (await office.as('tester').done('checklist')) as {
        items: { key: string; done: boolean; because: string }[];
      };
      expect(list.items.filter(({ key }) => key.startsWith('test-')).slice(0, 2)).toMatchObject([
        { key: 'test-service', done: true, because: 'Practice plan 1 was completed' },
        { key: 'test-booking', done: true },
      ]);
    });
  });
});
