import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { NOTICE_KINDS } from '../../../src/domain/notice.ts';
import { noticePreviewPages } from '../../../src/surfaces/web/notice-preview-page.ts';
import { planPages } from '../../../src/surfaces/web/plan-pages.ts';
import { runPages } from '../../../src/surfaces/web/run-pages.ts';
import { openBoardOffice } from '../../support/board-office.ts';
import { eachDatabase } from '../../support/database.ts';
import { WORDING } from '../../support/notice-facts.ts';
import { commissioner, practice } from '../../support/notices-office.ts';
import type { Desk, Office } from '../../support/office.ts';
import { estate, importServices } from '../../support/plan-office.ts';
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
