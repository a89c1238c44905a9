import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { openPages } from '../../../src/app/pages.ts';
import type { App } from '../../../src/app.ts';
import { loadBankHolidays } from '../../../src/calendars/holidays.ts';
import { readConfig } from '../../../src/config.ts';
import { NOTICE_KINDS } from '../../../src/domain/notice.ts';
import { wrongAddressUrl } from '../../../src/domain/notice-links.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { downloadStore } from '../../../src/store/downloads.ts';
import { noticePreviewPages } from '../../../src/surfaces/web/notice-preview-page.ts';
import { planPages } from '../../../src/surfaces/web/plan-pages.ts';
import { runPages } from '../../../src/surfaces/web/run-pages.ts';
import { webRoutes } from '../../../src/surfaces/web/web-routes.ts';
import { openBoardOffice } from '../../support/board-office.ts';
import { eachDatabase } from '../../support/database.ts';
import { WORDING } from '../../support/notice-facts.ts';
import { commissioner, noticeIn, practice } from '../../support/notices-office.ts';
import type { Desk, Office } from '../../support/office.ts';
import { linksIn } from '../../support/page-office.ts';
import { estate, importServices, openPlanOffice } from '../../support/plan-office.ts';
import { startedRun } from '../../support/started-run.ts';

const OTHERS = [...planPages, ...runPages, ...noticePreviewPages];
const DESKS: readonly Desk[] = [
  'observer',
  'planner',
  'approver',
  'communications-lead',
  'service-definer',
  'e-rs-lead',
];

eachDatabase('looking at any page of the service', (database) => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  it('GET of every address that the service knows leaves every table as it was; a new address has to be named here', {
    timeout: 120_000,
  }, async () => {
    const office = await openPlanOffice(database, estate(), { publicUrl: PUBLIC });
    const { connection, clock } = office;
    const config = readConfig({ PUBLIC_URL: PUBLIC });
    const app = { config, connection, clock, bankHolidays: loadBankHolidays(), log: silentLog } as unknown as App;
    const own = openPages(app, office.dispatch, () => {});
    const web = await webRoutes({ log: silentLog, readiness: async () => [], pages: own.routes });
    const server = createServer(web.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    ends.push(
      () => own.stop(),
      () => web.close(),
      () => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      },
    );

    const found = await publicAddresses(office);
    const personal = web.looks.filter((route) => route.startsWith('/pages/'));
    expect(web.looks.filter((route) => !(route in found) && !personal.includes(route))).toEqual([]);
    expect(personal.toSorted()).toEqual(
      ['/pages/:migration/board', '/pages/:migration/board/live', ...OTHERS.map(({ route }) => route)]
        .map((route) => route.replace('/pages/1/', '/pages/:migration/'))
        .toSorted(),
    );
    const [opened = '', looked = ''] = await Promise.all([0, 1].map(() => linkFrom(office)));
    const session = await fetch(opened.replace(PUBLIC, url), { method: 'POST', redirect: 'manual' });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const before = await everyTable(office);
    const look = async (path: string, headers: Record<string, string> = {}) => {
      // What is live never ends: it is looked at as far as its headers.
      for (const method of path.endsWith('/live') ? ['GET'] : ['GET', 'HEAD']) {
        const answer = await fetch(`${url}${path}`, {
          method,
          redirect: 'manual',
          headers: { accept: 'text/html', ...headers },
        });
        await answer.body?.cancel();
        expect(answer.status, `${method} ${path}`).toBeLessThan(500);
        if (method === 'GET' && headers.cookie === undefined) statuses.set(path, answer.status);
      }
    };
    const statuses = new Map<string, number>();
    for (const path of Object.values({ ...found, '/open/:token': new URL(looked).pathname })) {
      await look(path);
      expect(await everyTable(office), path).toEqual(before);
    }
    expect([...statuses].filter(([, status]) => status !== 200)).toEqual([]);
    for (const route of web.looks) await look(route.replaceAll(/:\w+|\*/g, 'x'.repeat(32)));
    for (const route of personal) {
      await look(route.replaceAll(/:\w+/g, '1'));
      await look(route.replaceAll(/:\w+/g, '1'), { cookie });
    }
    expect(await everyTable(office)).toEqual(before);
  });
});

const PUBLIC = 'http://changeover.example';

/** One address of each public page at which there is something to see. */
async function publicAddresses(office: Office): Promise<Readonly<Record<string, string>>> {
  const { db } = office.connection;
  const notice = await noticeIn(office, [practice('A1')]);
  await office.store.deliveryLedger.take('me', office.clock.now().toString(), 60);
  const delivery = await db.selectFrom('delivery').select('id').executeTakeFirstOrThrow();
  const tokens = await db.selectFrom('migration').select(['hours_token', 'outage_token']).executeTakeFirstOrThrow();
  const files = await downloadStore(db, '').offer([{ name: 'a.csv', mediaType: 'text/csv', text: 'a' }]);
  return {
    '/assets/*': '/assets/changeover.css',
    '/about': '/about',
    '/healthz': '/healthz',
    '/readyz': '/readyz',
    '/notices/:token': `/notices/${notice.token}`,
    '/notices/:token/outage.ics': `/notices/${notice.token}/outage.ics`,
    '/notices/:token/address': wrongAddressUrl('', notice.token, delivery.id),
    '/outages/:file': `/outages/${tokens.outage_token}.ics`,
    '/hours/:address': `/hours/${tokens.hours_token}`,
    '/files/:token': files,
    '/files/:token/:nth': `${files}/1`,
    '/open/:token': '',
  };
}

async function linkFrom(office: Office): Promise<string> {
  const { account } = office.as('planner');
  const [link = ''] = linksIn(
    await office.dispatch({ account, channel: office.channel, text: 'board', private: true }),
  );
  return link;
}

eachDatabase('looking at a personal page', (database) => {
  let here: Awaited<ReturnType<typeof openBoardOffice>>;
  afterEach(() => here.close());

  it('GET of every page, by whoever may and may not, leave every table as it was', async () => {
    here = await openBoardOffice(database, () => () => {}, undefined, OTHERS);
    const { office } = here;
    await office.as('planner').done('plan site=XR101 --save');
    await office.as('planner').done('withdraw plan=1 another one is made');
    const drawn = new Set<string>();
    // A difference can be looked at only while no run is live.
    const difference = await here.visit(await here.linkOf('planner', 'plan site=XR102'));
    const unsaved = await everyTable(office);
    if ((await difference.get()).status === 200) drawn.add(difference.path);
    expect(await everyTable(office)).toEqual(unsaved);
    await importServices(office, estate(), 2);
    await startedRun(office, 'guided');
    await office.connection.db.updateTable('plan').set({ state: 'withdrawn' }).where('id', '=', 1).execute();
    const rows = [commissioner('QA1'), practice('A1'), practice('A2')];
    await office.store.recipients.load(office.migrationId, rows, 'lists.csv');
    await office.store.notices.setWording(office.migrationId, WORDING, 1, office.clock.now().toString());
    const paths: readonly string[] = [
      '/pages/1/board',
      '/pages/1/plans/1',
      '/pages/1/plans/2',
      '/pages/1/plans/2/ticks',
      difference.path,
      '/pages/1/comparisons/imports/1/2',
      '/pages/1/comparisons/plans/2',
      '/pages/1/comparisons/plans/1/2',
      '/pages/1/run',
      '/pages/1/manual',
      ...NOTICE_KINDS.map((kind) => `/pages/1/notices/${kind}`),
      ...NOTICE_KINDS.map((kind) => `/pages/1/notices/${kind}/2`),
      '/pages/1/notices/planned/99',
      '/pages/1/plans/99',
      '/pages/99/plans/1',
      '/pages/1/notices/nonsense',
    ];
    const visits = [];
    for (const desk of DESKS) visits.push(await here.visit(await here.linkOf(desk, 'board')));
    const before = await everyTable(office);
    for (const visit of visits) {
      for (const path of paths) {
        const page = await visit.get(path);
        const text = await page.text();
        expect(text, path).not.toContain('Something failed on our side');
        if (page.status === 200) drawn.add(path);
      }
      expect(await everyTable(office)).toEqual(before);
    }
    const missing = ['/pages/1/board', ...OTHERS.map(({ route }) => route)].filter(
      (route) => ![...drawn].some((path) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(path)),
    );
    expect(missing).toEqual([]);
    expect([...drawn]).toContain('/pages/1/notices/planned');
  });
});

/** Name, number of rows and a checksum of all that is in it, of every table. */
async function everyTable({ connection: { db } }: Office) {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db);
  const sums = tables.rows.map(
    ({ name }) => sql<{ line: string }>`
      select ${name} || ' ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as line
      from ${sql.table(name)} as t`,
  );
  const { rows } = await sql<{ line: string }>`${sql.join(sums, sql` union all `)}`.execute(db);
  const found = rows.map(({ line }) => line);
  expect(found.length).toBeGreaterThan(40);
  return found;
}
