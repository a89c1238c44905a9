import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { calendarFeed } from '../../src/calendars/feed.ts';
import { readIcs } from '../../src/calendars/ics.ts';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { HoursFacts, OutageFacts, WhyFacts, WindowsFacts } from '../../src/domain/time-answers.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { CalendarFeed } from '../../src/ports/calendar-feed.ts';
import { storeOf } from '../../src/store/store.ts';
import { refreshCalendars } from '../../src/work/refresh-calendars.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';
import { givenPlan } from '../support/office-plan.ts';
import { openReadyOffice } from '../support/run-office.ts';

const TUESDAY_10AM = '2026-12-08T10:00:00Z';
const NIGHT = ['DTSTART;TZID=Europe/London:20261208T210000', 'DTEND;TZID=Europe/London:20261208T220000'];

function calendar(lines: readonly string[] = NIGHT): string {
  const event = lines.length === 0 ? [] : ['BEGIN:VEVENT', 'UID:a', 'SUMMARY:Upgrade', ...lines, 'END:VEVENT'];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...event, 'END:VCALENDAR', ''].join('\r\n');
}

/** An address whose calendar a test changes, or that is dead while it is null. */
function givenFeed(first: string | null) {
  const feed = { says: first, asked: 0 };
  const port: CalendarFeed = {
    check: (url) => new URL(url),
    fetch() {
      feed.asked += 1;
      if (feed.says === null) return Promise.reject(new Refusal('calendar-unreachable', 'It could not be read.'));
      return Promise.resolve(feed.says);
    },
  };
  return { feed, port };
}

const refresh = (office: ImportOffice, feed: CalendarFeed) =>
  refreshCalendars({
    transaction: (work) => office.connection.transaction((trx) => work(storeOf(trx))),
    feed,
    readIcs,
    clock: office.clock,
    log: silentLog,
  });

const outage = async (office: ImportOffice) => {
  const outcome = await office.as('e-rs-lead').type('outage');
  if (outcome.kind !== 'answer') throw new Error('no answer');
  expect(toPlainText(cardOf(outcome.answer))).not.toMatch(/undefined|\[object|NaN|token/);
  return outcome.answer.facts as unknown as OutageFacts;
};
const why = async (office: ImportOffice, at: string) =>
  (await office.as('observer').done(`why ${at}`)) as unknown as WhyFacts;

eachDatabase('11: calendars of planned e-RS outages', (database) => {
  it('11: a file that is sent closes its time, counts as a look, and can be taken off', async () => {
    const office = await openImportOffice(await database.open(), { now: TUESDAY_10AM });
    await office.as('planner').done(`outage calendar ${await office.upload(calendar(), 'e-rs.ics')}`);
    const facts = await outage(office);
    expect(facts).toMatchObject({ checkCounts: true, calendars: [{ name: 'e-rs.ics', isAddress: false, ahead: 1 }] });
    const judged = await why(office, 'tonight 9:30pm');
    expect(judged.verdict).toBe('closed');
    expect(judged.rules.find(({ rule }) => rule === 'e-rs-outage')).toMatchObject({ source: 'calendar e-rs.ics' });
    // The same name again takes the place of the first.
    await office.as('planner').done(`outage ${await office.upload(calendar([]), 'e-rs.ics')}`);
    expect((await why(office, 'tonight 9:30pm')).verdict).toBe('open');
    const [only] = (await outage(office)).calendars;
    await office.as('e-rs-lead').done(`outage forget ${only?.id}`);
    expect((await outage(office)).calendars).toEqual([]);
    expect(await office.as('e-rs-lead').refused(`outage forget ${only?.id}`)).toBe('no-calendar');
  });

  it('11: a bad file is refused whole and changes nothing; without a file it is asked for', async () => {
    const office = await openImportOffice(await database.open(), { now: TUESDAY_10AM });
    const bad = await office.as('planner').type(`outage calendar ${await office.upload('<html>', 'e-rs.ics')}`);
    expect(bad).toMatchObject({ kind: 'refusal', refusal: { code: 'bad-calendar' } });
    expect(await office.as('planner').refused(`outage ${await office.upload(new Uint8Array([0xff]))}`)).toBe(
      'not-text',
    );
    expect(await office.as('planner').refused(`outage ${await office.upload(new Uint8Array(1_000_001))}`)).toBe(
      'file-too-big',
    );
    expect((await outage(office)).calendars).toEqual([]);
    const form = await office.as('planner').type('outage calendar');
    expect(form).toMatchObject({ kind: 'form', form: { fields: [{ name: 'file' }, { name: 'url' }] } });
  });

  it('11: an address is read again every hour; its last good copy counts for a day, then a person must look', async () => {
    const { feed, port } = givenFeed(calendar());
    const office = await openImportOffice(await database.open(), { now: TUESDAY_10AM, feed: port });
    await givenPlan(office);
    await office
      .as('planner')
      .done('window tonight 8pm to="2026-12-08 23:30"')
      .catch(() => undefined);
    expect(await office.as('service-definer').refused('outage calendar url=https://e.example/c.ics')).toBe('role');
    await office.as('planner').done('outage calendar url=https://e.example/c.ics?token=abc');
    expect(await refresh(office, port)).toBe(0);
    expect(await outage(office)).toMatchObject({ calendars: [{ name: 'e.example', isAddress: true, problem: null }] });

    office.clock.set('2026-12-08T11:00:00Z');
    feed.says = calendar(['DTSTART:20261209T210000Z', 'DTEND:20261209T220000Z']);
    expect(await refresh(office, port)).toBe(1);
    expect(await refresh(office, port)).toBe(0);
    expect((await why(office, 'tonight 9:30pm')).verdict).toBe('open');
    expect((await why(office, 'tomorrow 9:30pm')).verdict).toBe('closed');

    feed.says = null;
    office.clock.set('2026-12-08T12:00:00Z');
    await refresh(office, port);
    office.clock.set('2026-12-08T13:00:00Z');
    await refresh(office, port);
    const calls = await office.connection.db.selectFrom('posting').select('message').execute();
    expect(calls.filter(({ message }) => message?.includes('It could not be read'))).toHaveLength(1);
    expect(await outage(office)).toMatchObject({
      checkCounts: true,
      calendars: [{ problem: 'It could not be read.' }],
    });
    expect((await why(office, 'tomorrow 9:30pm')).verdict).toBe('closed');

    office.clock.set('2026-12-09T11:00:00Z');
    await refresh(office, port);
    expect((await outage(office)).checkCounts).toBe(false);
    await office.as('e-rs-lead').done('outage checked page="live service pages"');
    expect((await outage(office)).checkCounts).toBe(true);

    feed.says = calendar([]);
    office.clock.set('2026-12-09T12:00:00Z');
    await refresh(office, port);
    expect(await outage(office)).toMatchObject({ calendars: [{ problem: null, ahead: 0 }] });
  });

  it('11: a plan is told of a new outage in its window, and a run in progress sees it at its next edge', async () => {
    const { feed, port } = givenFeed(calendar([]));
    const office = await openImportOffice(await database.open(), { now: TUESDAY_10AM, feed: port });
    await givenPlan(office);
    await office.as('planner').done('window from="2026-12-08 20:15" to="2026-12-08 23:30"');
    await office.as('planner').done('outage url=https://e.example/c.ics');
    const mark = await office.store.runGates.timeMark(office.migrationId);
    feed.says = calendar();
    office.clock.set('2026-12-08T11:00:00Z');
    await refresh(office, port);
    expect(await office.store.runGates.timeMark(office.migrationId)).not.toBe(mark);
    const calls = await office.connection.db.selectFrom('posting').select('message').execute();
    expect(calls.filter(({ message }) => message?.includes('new planned outage in a reserved window'))).toHaveLength(1);
    const facts = (await office.as('planner').done('window')) as unknown as WindowsFacts;
    expect(facts.windows[0]?.problem).toContain('planned outage');
  });

  it('11: a run starts on a calendar’s fresh copy; on an old one only once a person has looked', async () => {
    const office = await openReadyOffice(database);
    const { db } = office.connection;
    await db.deleteFrom('ers_outage_check').execute();
    expect(await office.as('service-definer').refused('run')).toBe('outage-check');
    const kept = { name: 'e.example', url: 'https://e.example/c.ics', outages: [] };
    const id = await office.store.calendars.add(office.migrationId, kept, 1, '2026-12-07T20:29:59Z');
    expect(await office.as('service-definer').refused('run')).toBe('outage-check');
    expect(await office.store.calendars.copied(id, [], '2026-12-08T19:00:00Z')).toBe(false);
    await office.as('service-definer').done('run');
  });

  it('11: hours are tried out from files, with nothing of the migration', async () => {
    const office = await openImportOffice(await database.open(), { now: TUESDAY_10AM });
    await office.as('tester').done('freeze the network is down');
    const policy = await office.upload('{"zone":"Europe/London","closed":[],"amber":[]}', 'mine.json');
    const file = await office.upload(calendar(['DTSTART:20261208T210000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY']));
    const span = '--from 2026-12-08T00:00:00Z --to 2026-12-10T00:00:00Z';
    const facts = (await office
      .as('observer')
      .done(`hours --policy ${policy} --calendar ${file} ${span}`)) as unknown as HoursFacts;
    expect(facts.intervals.map(({ from, to, verdict }) => `${from} ${to} ${verdict}`)).toEqual([
      '2026-12-08T00:00:00Z 2026-12-08T21:00:00Z open',
      '2026-12-08T21:00:00Z 2026-12-08T22:00:00Z closed',
      '2026-12-08T22:00:00Z 2026-12-09T21:00:00Z open',
      '2026-12-09T21:00:00Z 2026-12-09T22:00:00Z closed',
      '2026-12-09T22:00:00Z 2026-12-10T00:00:00Z open',
    ]);
    const unknown = await office.upload('{"zone":"Mars/Base","closed":[],"amber":[]}', 'mars.json');
    const mars = (await office.as('observer').done(`hours --policy ${unknown} ${span}`)) as unknown as HoursFacts;
    expect(mars.intervals).toMatchObject([{ verdict: 'closed', reasons: [{ rule: 'zone' }] }]);
    expect(await office.as('observer').refused(`hours --policy ${await office.upload('{]')}`)).toBe('bad-hours');
    expect(await office.as('observer').refused(`hours --policy ${await office.upload('{"shut":[]}')}`)).toBe(
      'bad-hours',
    );
  });
});

it('11: an address must be https, holds no password, is not larger than 1 MB, and leads nowhere else in plain text', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/on') response.writeHead(302, { location: '/c.ics' }).end();
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
    else if (request.url === '/big') response.end('x'.repeat(1_100_000));
    else if (request.url === '/gone') response.writeHead(404).end();
    else response.end(calendar());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const strict = calendarFeed({ plainHttp: false });
    const code = (work: () => unknown) =>
      Promise.resolve()
        .then(work)
        .then(
          () => 'no refusal',
          (error: unknown) => (error instanceof Refusal ? error.code : 'fault'),
        );
    expect(await code(() => strict.fetch(`${at}/c.ics`))).toBe('calendar-address');
    expect(await code(() => strict.fetch('https://a:b@example.org/c.ics'))).toBe('calendar-address');
    expect(await code(() => strict.fetch('file:///etc/hosts'))).toBe('calendar-address');
    const rehearsed = calendarFeed({ plainHttp: true });
    expect(await rehearsed.fetch(`${at}/on`)).toBe(calendar());
    for (const path of ['/round', '/big', '/gone']) {
      expect(await code(() => rehearsed.fetch(at + path))).toBe('calendar-unreachable');
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
