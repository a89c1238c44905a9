import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { HoursFacts, OutageFacts, StopsFacts, WhyFacts, WindowsFacts } from '../../src/domain/time-answers.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';
import { givenPlan, idOf } from '../support/office-plan.ts';

const TUESDAY_10AM = '2026-12-08T10:00:00Z';
const ask = async <F>(office: Office, desk: Parameters<Office['as']>[0], text: string): Promise<F> => {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  const card = cardOf(outcome.answer);
  expect(card.headline).not.toBe('');
  expect(toPlainText(card)).not.toMatch(/undefined|\[object|NaN/);
  return outcome.answer.facts as unknown as F;
};

eachDatabase('time by chat', (database) => {
  it('11: hours lists the intervals of a span, covering it exactly', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    const facts = await ask<HoursFacts>(
      office,
      'observer',
      'hours --from 2026-12-08T00:00:00Z --to 2026-12-09T00:00:00Z',
    );
    expect(facts.intervals.map(({ from, to, verdict }) => [from, to, verdict])).toEqual([
      ['2026-12-08T00:00:00Z', '2026-12-08T08:00:00Z', 'open'],
      ['2026-12-08T08:00:00Z', '2026-12-08T18:30:00Z', 'closed'],
      ['2026-12-08T18:30:00Z', '2026-12-08T20:00:00Z', 'amber'],
      ['2026-12-08T20:00:00Z', '2026-12-09T00:00:00Z', 'open'],
    ]);
    expect(await office.as('observer').refused('hours from=2026-12-09T00:00:00Z to=2026-12-08T00:00:00Z')).toBe(
      'span-backwards',
    );
  });

  it('11: a migration has hours of its own once the e-RS lead sets them, and goes back to the default', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    const words = 'hours closed="every day 9am to 5pm" amber=none';
    expect(await office.as('planner').refused(words)).toBe('role');
    expect(await ask<HoursFacts>(office, 'e-rs-lead', words)).toMatchObject({ amber: '' });
    expect((await ask<WhyFacts>(office, 'observer', 'why Saturday 10am')).verdict).toBe('closed');
    expect((await ask<WhyFacts>(office, 'observer', 'why tonight 5:30pm')).verdict).toBe('open');
    expect(await office.as('e-rs-lead').refused('hours closed="now and then"')).toBe('bad-hours');
    expect(await ask<HoursFacts>(office, 'e-rs-lead', 'hours --standard')).toMatchObject({
      closed: 'Monday to Friday 8am to 6:30pm',
    });
    expect((await ask<WhyFacts>(office, 'observer', 'why tonight 5:30pm')).verdict).toBe('closed');
  });

  it('14: why prints every rule with verdict and source, and the next three openings', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    const facts = await ask<WhyFacts>(office, 'observer', 'why');
    expect(facts).toMatchObject({ verdict: 'closed', until: '2026-12-08T18:30:00Z', plan: null });
    expect(facts.rules.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['zone', 'open'],
      ['bank-holidays', 'open'],
      ['working-hours', 'closed'],
      ['amber-hours', 'open'],
      ['e-rs-outage', 'open'],
      ['freeze', 'open'],
      ['incident', 'open'],
    ]);
    expect(facts.openings.map((opening) => opening.from)).toEqual([
      '2026-12-08T20:00:00Z',
      '2026-12-09T20:00:00Z',
      '2026-12-10T20:00:00Z',
    ]);
    expect((await ask<WhyFacts>(office, 'observer', 'why tonight 8pm')).verdict).toBe('open');
    expect((await ask<WhyFacts>(office, 'observer', 'why Friday 25 December 2026, 10am')).rules[1]?.text).toContain(
      'Christmas Day',
    );
    expect(await office.as('observer').refused('why 2027-10-31 01:30')).toBe('repeated-time');
  });

  it('11: an outage is set, shown, and voids the votes of plans that wait', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    const text = 'outage from="2026-12-15 17:00" to="2026-12-15 23:00" oldPasUntil="2026-12-17 17:00"';
    expect(await ask<OutageFacts>(office, 'planner', text)).toMatchObject({
      outage: { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' },
      oldPasUntil: '2026-12-17T17:00:00Z',
      changed: 'outage',
    });
    expect(await office.as('service-definer').refused(text)).toBe('role');
    expect(await office.as('planner').refused('outage from="2026-12-15 17:00" to="2026-12-15 16:00"')).toBe(
      'outage-backwards',
    );
    expect(await office.as('planner').refused('outage from="2026-12-01 17:00" to="2026-12-01 18:00"')).toBe(
      'outage-past',
    );
    expect(await office.as('planner').type('outage set')).toMatchObject({
      kind: 'form',
      form: { fields: [{ name: 'from' }, { name: 'to' }, { name: 'oldPasUntil' }] },
    });
  });

  it('11: a look at the live service pages counts for a day, and a planned outage closes its time', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    expect(await office.as('service-definer').type('outage checked')).toMatchObject({ kind: 'form' });
    expect(await ask<OutageFacts>(office, 'service-definer', 'outage checked page="live service pages"')).toMatchObject(
      {
        checkCounts: true,
        checkCountsUntil: '2026-12-09T10:00:00Z',
      },
    );
    const planned = 'outage planned from="2026-12-08 21:00" to="2026-12-08 22:00" page="live service pages"';
    expect((await ask<OutageFacts>(office, 'e-rs-lead', planned)).ersOutages).toHaveLength(1);
    expect((await ask<WhyFacts>(office, 'observer', 'why tonight 9:30pm')).verdict).toBe('closed');
    expect((await ask<OutageFacts>(office, 'e-rs-lead', 'outage remove 1')).ersOutages).toEqual([]);
    expect(await office.as('e-rs-lead').refused('outage remove 1')).toBe('no-ers-outage');
    office.clock.set('2026-12-09T09:59:59Z');
    expect((await ask<OutageFacts>(office, 'e-rs-lead', 'outage')).checkCounts).toBe(true);
    office.clock.set('2026-12-09T10:00:00Z');
    expect((await ask<OutageFacts>(office, 'e-rs-lead', 'outage')).checkCounts).toBe(false);
    expect(await office.as('e-rs-lead').refused('outage checked page=pages at="2026-12-11 10:00"')).toBe('check-ahead');
  });

  it('19: anyone with a role freezes, only the e-RS lead lifts', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    const facts = await ask<StopsFacts>(office, 'tester', 'freeze the network is down');
    expect(facts).toMatchObject({ changed: 'frozen', freezes: [{ reason: 'the network is down', endsAt: null }] });
    const why = await ask<WhyFacts>(office, 'observer', 'why tonight 9pm');
    expect(why).toMatchObject({ verdict: 'closed', until: null, openings: [] });
    expect(await office.as('tester').refused('unfreeze')).toBe('role');
    expect((await ask<StopsFacts>(office, 'e-rs-lead', 'unfreeze')).freezes).toEqual([]);
    expect(await office.as('e-rs-lead').refused('unfreeze')).toBe('no-freeze');
    const later = 'freeze from="2026-12-21 00:00" to="2027-01-04 00:00" the Christmas freeze';
    await office.as('e-rs-lead').done(later);
    expect((await ask<WhyFacts>(office, 'observer', 'why tonight 9pm')).verdict).toBe('open');
    expect((await ask<WhyFacts>(office, 'observer', 'why 2026-12-24 21:00')).verdict).toBe('closed');
    expect(await office.as('stranger').refused('freeze me')).toBe('stranger');
  });

  it('19: anyone with a role declares an incident, only the e-RS lead ends it', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    await office.as('tester').done('incident e-RS is slow for everybody');
    expect(await office.as('planner').refused('incident again')).toBe('incident-stands');
    expect((await ask<WhyFacts>(office, 'observer', 'why tonight 9pm')).verdict).toBe('closed');
    expect(await office.as('planner').refused('incident over')).toBe('role');
    expect((await ask<StopsFacts>(office, 'e-rs-lead', 'incident over')).incident).toBeNull();
    expect(await office.as('e-rs-lead').refused('incident over')).toBe('no-incident');
  });

  it('13: window proposes openings that fit, reserves one and three reserves, and refuses the rest', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    expect(await office.as('planner').refused('window')).toBe('no-plan');
    await givenPlan(office);
    const shown = await ask<WindowsFacts>(office, 'planner', 'window');
    expect(shown.windows).toEqual([]);
    expect(shown.openings[0]?.from).toBe('2026-12-08T20:00:00Z');
    const first = await ask<WindowsFacts>(office, 'planner', 'window tonight 8pm');
    expect(first.windows).toMatchObject([{ from: '2026-12-08T20:00:00Z', amber: false, problem: null }]);
    const exact = await ask<WindowsFacts>(office, 'planner', 'window from="2026-12-09 20:15" to="2026-12-09 23:30"');
    expect(exact.windows[1]).toMatchObject({ from: '2026-12-09T20:15:00Z', to: '2026-12-09T23:30:00Z' });
    expect(await office.as('planner').refused('window tomorrow 10am')).toBe('working-hours');
    expect(await office.as('planner').refused('window tonight 9pm')).toBe('window-overlaps');
    expect(await office.as('planner').refused('window 2026-12-07 21:00')).toBe('window-past');
    expect(await office.as('planner').refused('window from="2026-12-10 20:00" to="2026-12-10 20:30"')).toBe(
      'does-not-fit',
    );
    expect(await office.as('planner').refused('window from="2026-12-11 06:00" to="2026-12-11 09:00"')).toBe(
      'working-hours',
    );
    await office.as('planner').done('window Thursday 8pm');
    await office.as('planner').done('window Friday 8pm');
    expect(await office.as('planner').refused('window Sunday 8pm')).toBe('windows-full');
    const fewer = await ask<WindowsFacts>(office, 'planner', 'window remove=1');
    expect(fewer.windows.map((window) => window.from.slice(0, 10))).toEqual(['2026-12-09', '2026-12-10', '2026-12-11']);
    expect(await office.as('observer').refused('window tonight 8pm')).toBe('role');
  });

  it('10: another window ends the votes that were cast on the first', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    const plan = await givenPlan(office, { path: ['submitted'] });
    const before = (await office.store.plans.byId(plan.id))?.hash;
    const facts = await ask<WindowsFacts>(office, 'planner', 'window tonight 8pm');
    expect(facts.changed).toBe('reserved');
    expect((await office.store.plans.byId(plan.id))?.hash).not.toBe(before);
  });

  it('13: a planned freeze that comes later is shown on the window that it closes', async () => {
    const office = await openOffice(await database.open(), { now: TUESDAY_10AM });
    await givenPlan(office);
    await office.as('planner').done('window tomorrow 8pm');
    await office.as('tester').done('freeze from="2026-12-09 19:00" to="2026-12-10 09:00" a network change');
    const facts = await ask<WindowsFacts>(office, 'planner', 'window');
    expect(facts.windows[0]?.problem).toContain('a network change');
  });
});

eachDatabase('13: the go by chat', (database) => {
  it('is asked part by part, counts for an hour, and a no offers the reserves', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T19:40:00Z' });
    const plan = await givenPlan(office, { path: ['submitted', 'approved'] });
    await office.store.windows.replace(
      plan.id,
      [
        { from: '2026-12-08T20:00:00Z', to: '2026-12-08T23:00:00Z' },
        { from: '2026-12-09T20:00:00Z', to: '2026-12-09T23:00:00Z' },
      ],
      await idOf(office, 'planner'),
      '2026-12-08T19:00:00Z',
    );
    expect(await office.as('service-definer').done('go')).toMatchObject({ given: false, next: 'new-pas-live' });
    expect(await office.as('service-definer').done('go yes')).toMatchObject({ next: 'two-definers' });
    expect(await office.as('deputy').done('go two-definers yes')).toMatchObject({ next: 'no-incident' });
    await office.as('service-definer').done('go no-incident yes looked at the live service pages');
    expect(await office.as('service-definer').refused('go lead yes')).toBe('role');
    expect(await office.as('e-rs-lead').done('go yes')).toMatchObject({
      given: true,
      validUntil: '2026-12-08T20:40:00Z',
    });
    const no = await office.as('e-rs-lead').type('go lead no the supplier has not arrived');
    expect(no).toMatchObject({ kind: 'answer', answer: { facts: { given: false, lastNo: 'lead' } } });
    if (no.kind === 'answer') {
      const card = cardOf(no.answer);
      expect(card.headline).toBe('✋ Plan 1: no go');
      expect(JSON.stringify(card.body)).toContain('Wednesday 9 December 2026, 8pm to 11pm');
    }
    expect(await office.as('e-rs-lead').done('go lead yes')).toMatchObject({ given: true });
    office.clock.set('2026-12-08T20:40:00Z');
    expect(await office.as('e-rs-lead').done('go')).toMatchObject({ given: false, next: 'new-pas-live' });
  });

  it('is not asked for a plan that nobody approved', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T19:40:00Z' });
    await givenPlan(office);
    expect(await office.as('service-definer').refused('go yes')).toBe('plan-state');
  });
});
