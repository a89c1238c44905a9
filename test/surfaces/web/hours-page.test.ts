import { type FastifyInstance, fastify } from 'fastify';
import ICAL from 'ical.js';
import { afterEach, expect, it } from 'vitest';
import { toPlainText } from '../../../src/card/plain-text.ts';
import type { HoursFacts, HoursFeedFacts, WhyFacts } from '../../../src/domain/time-answers.ts';
import { hoursPages } from '../../../src/store/hours-pages.ts';
import { hoursPageRoutes } from '../../../src/surfaces/web/hours-page.ts';
import { cardOf } from '../../../templates/cards/index.ts';
import { eachDatabase } from '../../support/database.ts';
import { type Office, openOffice } from '../../support/office.ts';
import { givenPlan, idOf } from '../../support/office-plan.ts';

const PUBLIC = 'https://changeover.example';
const HOLIDAYS = {
  source: 'a test table',
  coveredFrom: '2026-01-01',
  coveredTo: '2027-12-31',
  days: new Map([['2026-12-25', 'Christmas <Day>']]),
};

eachDatabase('the hours as a page and as a calendar', (database) => {
  let office: Office;
  let app: FastifyInstance;
  async function open(now = '2026-12-08T10:00:00Z') {
    office = await openOffice(await database.open(), { now, bankHolidays: HOLIDAYS, publicUrl: PUBLIC });
    app = fastify();
    const pages = hoursPages(office.connection, office.clock, HOLIDAYS);
    await app.register(hoursPageRoutes({ pages, publicUrl: PUBLIC }));
    return feedOf('observer', 'hours feed');
  }
  afterEach(() => app.close());

  async function feedOf(desk: 'observer' | 'e-rs-lead', words: string) {
    const facts = (await office.as(desk).done(words)) as unknown as HoursFeedFacts;
    expect(facts.page.startsWith(`${PUBLIC}/hours/`)).toBe(true);
    return { ...facts, path: facts.page.slice(PUBLIC.length) };
  }
  async function eventsAt(path: string) {
    const answer = await app.inject(`${path}.ics`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/calendar');
    expect(answer.body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const calendar = new ICAL.Component(ICAL.parse(answer.body));
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    return calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      const at = (time: ICAL.Time) => Temporal.Instant.from(time.toString()).toString();
      const { uid, summary, description } = event;
      return { uid, summary, description, from: at(event.startDate), to: at(event.endDate) };
    });
  }

  it('11: a calendar program reads what the evaluator says, minute for minute', async () => {
    const { path } = await open();
    const events = await eventsAt(path);
    const facts = (await office
      .as('observer')
      .done('hours --from 2026-12-08T00:00:00Z --to 2027-02-06T00:00:00Z')) as unknown as HoursFacts;
    for (const verdict of ['closed', 'amber'] as const) {
      const said = facts.intervals.filter((interval) => interval.verdict === verdict).map(({ from, to }) => [from, to]);
      const shown = events.filter(({ uid }) => uid.includes(`-${verdict}-`)).map(({ from, to }) => [from, to]);
      expect(shown, verdict).toEqual(said);
    }
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    expect(events.every(({ uid }) => uid.endsWith('@changeover.example'))).toBe(true);
    expect(events.find(({ from }) => from === '2026-12-08T18:30:00Z')?.summary).toContain('Amber');
  });

  it('11: the same event has the same UID at the next look, and looking changes nothing', async () => {
    const { path } = await open();
    const heads = () => office.connection.db.selectFrom('audit_head').selectAll().execute();
    const before = await heads();
    const first = await eventsAt(path);
    office.clock.set('2026-12-08T15:30:00Z');
    expect(await eventsAt(path)).toEqual(first);
    office.clock.set('2026-12-10T09:00:00Z');
    const later = new Map((await eventsAt(path)).map((event) => [event.uid, event]));
    const still = first.filter(({ to }) => to > '2026-12-10' && to < '2027-02-05');
    expect(still.length).toBeGreaterThan(80);
    for (const event of still) expect(later.get(event.uid)).toEqual(event);
    await app.inject(path);
    expect(await heads()).toEqual(before);
  });

  it('11: freezes, planned outages of e-RS, the outage and the windows are in the calendar and on the page', async () => {
    const { path } = await open();
    const lead = office.as('e-rs-lead');
    await lead.done('freeze from="2026-12-09 21:00" to="2026-12-10 22:00" reason="board, <night>; year end"');
    await lead.done('outage planned from="2026-12-11 21:00" to="2026-12-11 23:00" page="live service pages"');
    await office
      .as('planner')
      .done('outage from="2026-12-12 17:00" to="2026-12-12 23:00" oldPasUntil="2026-12-14 17:00"');
    const plan = await givenPlan(office);
    const windows = [
      { from: '2026-12-12T20:15:00Z', to: '2026-12-12T22:00:00Z' },
      { from: '2026-12-19T20:15:00Z', to: '2026-12-19T22:00:00Z' },
    ];
    await office.store.windows.replace(plan.id, windows, await idOf(office, 'planner'), office.clock.now().toString());
    const events = await eventsAt(path);
    const shown = events.filter(({ uid }) => !/-(closed|amber)-/.test(uid)).map(({ summary, from }) => [summary, from]);
    expect(shown).toEqual([
      ['Freeze: no bulk updates', '2026-12-09T21:00:00Z'],
      ['Planned outage of e-RS: no bulk updates', '2026-12-11T21:00:00Z'],
      ['Outage: Rehearsal Hospitals NHS Trust changes its PAS', '2026-12-12T17:00:00Z'],
      [`Window of plan ${plan.number}`, windows[0]?.from],
      [`Reserve 1 of plan ${plan.number}`, windows[1]?.from],
    ]);
    expect(events.find(({ uid }) => uid.includes('freeze'))?.description).toContain('board, <night>; year end');
    const page = (await app.inject(path)).body;
    expect(page).toContain('board, &lt;night&gt;; year end');
    expect(page).toContain('<strong>Outage (old PAS off, new PAS not on yet)</strong> 5pm to 11pm');
    expect(page).toContain(`<strong>Window of plan ${plan.number}</strong> 8:15pm to 10pm`);
    expect(page).toContain('e-RS has a planned outage from Friday 11 December 2026, 9pm');
    const all = page + (await app.inject(`${path}.ics`)).body;
    expect(all).not.toMatch(/The (?:e-rs-lead|planner)/);
    expect((await app.inject(`${path}?week=2026-12-19`)).body).toContain(`Reserve 1 of plan ${plan.number}`);
  });

  it('11: the page says each stretch by word, names bank holidays, leads to other weeks, is not for search engines', async () => {
    const { path } = await open();
    const page = await app.inject(path);
    expect(page.statusCode).toBe(200);
    expect(page.headers['x-robots-tag']).toBe('noindex, nofollow');
    expect(page.body).toContain('Week of Monday 7 December 2026');
    expect(page.body).toContain('<strong>Closed</strong> <span class="co-part__when">8am to 6:30pm</span>');
    expect(page.body).toContain('<strong>Amber</strong> <span class="co-part__when">6:30pm to 8pm</span>');
    expect(page.body).toContain('<strong>Open</strong> <span class="co-part__when">from 8pm</span>');
    expect(page.body).toContain(`${path}?week=2026-12-14`);
    expect(page.body).toContain(`${path}?week=2026-11-30`);
    expect(page.body).not.toMatch(/<script(?![^>]*src=)|<style| style="| on\w+="|undefined/);
    expect((await app.inject(`${path}?week=2026-12-25`)).body).toContain('Christmas &lt;Day&gt;');
    for (const week of ['soon', '2026-02-30', '1999-01-01', '9999-12-31']) {
      expect((await app.inject(`${path}?week=${week}`)).statusCode, week).toBe(404);
    }
  });

  it.each([
    ['2026-10-25', 25],
    ['2027-03-28', 23],
  ])('11: the week of the clock change of %s has a day of %i hours, every day covered', async (day, length) => {
    const { path } = await open('2026-12-08T10:00:00Z');
    const page = (await app.inject(`${path}?week=${day}`)).body;
    expect(page).toContain(`this day has ${length} hours`);
    expect(page.match(/class="co-day"/g)).toHaveLength(7);
    expect(page).toContain(length === 25 ? '8am GMT' : '8am BST');
    const week = await hoursPages(office.connection, office.clock, HOLIDAYS).week(path.split('/').at(-1) ?? '', day);
    const sums = week?.days.map(({ parts }) => parts.reduce((sum, part) => sum + part.length, 0));
    expect(sums?.at(-1)).toBe(length);
    office.clock.set(`${day}T12:00:00Z`);
    const monday = (await eventsAt(path)).find(({ uid, from }) => uid.includes('-closed-') && from > day);
    // The Monday after: 8am by the wall on either side of the change.
    expect(monday?.from).toBe(length === 25 ? '2026-10-26T08:00:00Z' : '2027-03-29T07:00:00Z');
  });

  it('11: in an unknown zone page and calendar say closed, never times of UTC', async () => {
    const { path } = await open();
    await office.as('e-rs-lead').done('freeze reason="until further notice"');
    await office.connection.db.updateTable('migration').set({ zone: 'Europe/Nowhere' }).execute();
    const page = await app.inject(path);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('“Europe/Nowhere” is not known');
    expect(page.body).not.toContain('co-part');
    const events = await eventsAt(path);
    expect(
      events.map(({ uid, to }) => [
        uid
          .split('@')[0]
          ?.replace(/^m\d+-/, '')
          .replace(/\d+/, 'N'),
        to,
      ]),
    ).toEqual([
      ['closed-before', '2027-02-06T00:00:00Z'],
      ['freeze-N', '2027-02-06T00:00:00Z'],
    ]);
  });

  it('29: a made-up address finds nothing; another link ends the old one; the audit never holds it', async () => {
    const { path, page } = await open();
    for (const made of ['/hours/short', `/hours/${'x'.repeat(32)}`, `/hours/${'x'.repeat(32)}.ics`, `${path}.txt`]) {
      expect((await app.inject(made)).statusCode, made).toBe(404);
    }
    expect(await office.as('observer').refused('hours feed new')).toBe('role');
    const renewed = await feedOf('e-rs-lead', 'hours feed new');
    expect(renewed.renewed).toBe(true);
    expect((await app.inject(path)).statusCode).toBe(404);
    expect((await app.inject(`${path}.ics`)).statusCode).toBe(404);
    expect((await app.inject(renewed.path)).statusCode).toBe(200);
    const events = await office.connection.db.selectFrom('audit_event').selectAll().execute();
    for (const link of [page, renewed.page]) {
      expect(JSON.stringify(events)).not.toContain(link.split('/').at(-1));
    }
  });

  it('14: hours and why lead to the page, where its address is known', async () => {
    const { page } = await open();
    for (const words of ['hours', 'why']) {
      const outcome = await office.as('observer').type(words);
      if (outcome.kind !== 'answer') throw new Error(words);
      expect((outcome.answer.facts as HoursFacts | WhyFacts).page).toBe(page);
      expect(cardOf(outcome.answer).actions).toContainEqual({ kind: 'link', label: 'The week as a page', url: page });
      expect(toPlainText(cardOf(outcome.answer))).toContain(page);
    }
    const nowhere = await openOffice(await database.open());
    expect((await nowhere.as('observer').done('why')).page).toBeNull();
    expect(await nowhere.as('observer').refused('hours feed')).toBe('no-public-address');
  });
});
