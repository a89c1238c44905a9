import type { PluginTransformQueryArgs, PluginTransformResultArgs } from 'kysely';
import type { Browser } from 'playwright-core';
import type { Connection } from '../../db/connect.ts';
import { service } from '../domain/plan-service.ts';
import { openBoardOffice } from '../support/board-office.ts';
import { openBrowser } from '../support/browser.ts';
import type { TestDatabase } from '../support/database.ts';
import { commissioner, noticeIn, practice } from '../support/notices-office.ts';
import { idOf } from '../support/office-plan.ts';
import { benchDatabase } from './bench-database.ts';
import { absolute, type Bench, compared, type Figure } from './figure.ts';

const SERVICES = 1_500;
const COMMISSIONERS = 42;
const PRACTICES = 6_872;
const TURNS = 7;
const MANY = 50;

/**
 * The board of a migration on its night: how long until a browser shows something, against the page of the hours in the same
 * browser; and what a change costs the database with fifty boards open against one.
 */
export const bench: Bench = async (context) => {
  const connection = await benchDatabase(context);
  const count = { queries: 0 };
  const database: TestDatabase = {
    kind: context.db,
    open: async () => counted(connection, count),
    another: async () => connection,
  };
  const here = await openBoardOffice(database, () => () => {}, estate());
  const browser = await openBrowser();
  try {
    await here.office.as('planner').done('plan site=XR101,XR102 --save');
    await noticeIn(here.office, [
      ...Array.from({ length: COMMISSIONERS }, (_, at) => commissioner(`QC${at}`)),
      ...Array.from({ length: PRACTICES }, (_, at) => practice(`Y${10_000 + at}`)),
    ]);
    await startRun(here);
    const visit = await here.visit(await here.linkOf('observer', 'board'));
    const address = `${here.url}${visit.path}`;
    return [
      await firstPaint(browser, address, here.url, visit.cookie, context.say),
      await costOfChange(here, address, visit.cookie, count, context.say),
    ];
  } finally {
    await browser.close();
    await here.close();
    await connection.close();
  }
};

/** Nothing is kept from an earlier turn: each is a context of its own, and something has changed before. */
async function firstPaint(
  browser: Browser,
  address: string,
  url: string,
  cookie: string,
  say: (line: string) => void,
): Promise<Figure> {
  const board: number[] = [];
  const plain: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    board.push(await paintOf(browser, address, url, cookie));
    plain.push(await paintOf(browser, `${url}/nothing-here`, url, cookie));
    say(
      `turn ${turn + 1}: the board ${board.at(-1)?.toFixed(0)} ms, a page without anything ${plain.at(-1)?.toFixed(0)} ms`,
    );
  }
  const told = compared({ name: 'first paint of the board', unit: 'ms', better: 'lower', goal: null }, board, plain);
  const bound = absolute({ name: told.name, unit: 'ms', better: 'lower', goal: 300 }, board);
  return { ...told, goal: 300, ok: bound.ok };
}

async function paintOf(browser: Browser, address: string, url: string, cookie: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'load' });
    return await page.evaluate(
      `new Promise((resolve) => new PerformanceObserver((list) => {
        const paint = list.getEntriesByName('first-contentful-paint')[0];
        if (paint) resolve(paint.startTime);
      }).observe({ type: 'paint', buffered: true }))`,
    );
  } finally {
    await context.close();
  }
}

type Here = Awaited<ReturnType<typeof openBoardOffice>>;

async function costOfChange(
  here: Here,
  address: string,
  cookie: string,
  count: { queries: number },
  say: (line: string) => void,
): Promise<Figure> {
  const one: number[] = [];
  const many: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    one.push(await queriesOfChange(here, address, cookie, 1, count));
    many.push(await queriesOfChange(here, address, cookie, MANY, count));
    say(`turn ${turn + 1}: ${one.at(-1)} queries with one board open, ${many.at(-1)} with ${MANY}`);
  }
  return compared(
    { name: `queries a change with ${MANY} open boards against one`, unit: 'queries', better: 'lower', goal: 1 },
    many,
    one,
  );
}

/** As `run` writes it; how long it takes is judged elsewhere. */
async function startRun({ office }: Here): Promise<void> {
  const [from, to] = ['200000000220', '200000001337'].map((asid) => ({ organisation: 'XR1', asid }));
  if (!from || !to) return;
  const definer = await idOf(office, 'service-definer');
  const run = {
    migrationId: office.migrationId,
    planId: 1,
    planHash: 'a'.repeat(64),
    executor: 'http' as const,
    startedBy: definer,
    startedAt: office.clock.now().toString(),
    runnerId: definer,
    deputyId: null,
    window: { from: '2026-12-08T20:15:00Z', to: '2026-12-08T23:30:00Z' },
    amberReason: null,
    guided: null,
  };
  const items = estate().map(({ serviceId, name, locationOrg }) => ({
    serviceId,
    name,
    site: locationOrg,
    group: 0,
    from,
    to,
  }));
  await office.store.runs.start(run, items);
}

/** The queries from a service that is settled to the last board that shows it. */
async function queriesOfChange(
  here: Here,
  address: string,
  cookie: string,
  boards: number,
  count: { queries: number },
) {
  const stop = new AbortController();
  const streams = await Promise.all(
    Array.from({ length: boards }, () => follow(`${address}/live`, cookie, stop.signal)),
  );
  for (const stream of streams) await stream.next();
  await settleOne(here);
  await here.boards.look();
  for (const stream of streams) await stream.next();
  await settleOne(here);
  count.queries = 0;
  await here.boards.look();
  for (const stream of streams) await stream.next();
  const asked = count.queries;
  stop.abort();
  return asked;
}

/** One more service of the run is changed, as the run's ledger would have it. */
async function settleOne({ office }: Here): Promise<void> {
  const { db } = office.connection;
  const item = await db
    .selectFrom('run_item')
    .select(['run_id', 'service_id'])
    .where('state', '=', 'pending')
    .orderBy('position')
    .limit(1)
    .executeTakeFirstOrThrow();
  await db
    .updateTable('run_item')
    .set({ state: 'confirmed', settled_at: office.clock.now().toString() })
    .where('run_id', '=', item.run_id)
    .where('service_id', '=', item.service_id)
    .execute();
}

/** The events of one board. */
async function follow(url: string, cookie: string, signal: AbortSignal) {
  const response = await fetch(url, { headers: { cookie }, signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next(): Promise<void> {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          if (block.startsWith('event: board')) return;
          continue;
        }
        const { value, done } = (await reader?.read()) ?? { value: '', done: true };
        if (done) throw new Error('A board ended.');
        text += value;
      }
    },
  };
}

function counted(connection: Connection, count: { queries: number }): Connection {
  const plugin = {
    transformQuery({ node }: PluginTransformQueryArgs) {
      count.queries += 1;
      return node;
    },
    transformResult: async ({ result }: PluginTransformResultArgs) => result,
  };
  return {
    ...connection,
    db: connection.db.withPlugin(plugin),
    transaction: (work) => connection.transaction((trx) => work(trx.withPlugin(plugin))),
  };
}

function estate() {
  return Array.from({ length: SERVICES }, (_, at) =>
    service(String(7_000_000 + at), { providerOrg: 'XR1', locationOrg: at % 2 === 0 ? 'XR101' : 'XR102' }),
  );
}
