import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { Connection } from '../../db/connect.ts';
import { generateExtract, ownRows } from '../../src/rehearsal/extract-generator.ts';
import { benchDatabase } from './bench-database.ts';
import { type Bench, compared } from './figure.ts';
import { parseAndDiscard } from './import-parts/baseline.ts';
import { importOffice } from './import-parts/office.ts';

const RUNS = 7;
const PAUSE = 5;
const GOAL = { server: 2, embedded: 2.5 };

/** 100,000 rows, all the provider's own: read, checked, stored and published, against csv-parse + zod discarding them. */
export const bench: Bench = async (context) => {
  const path = await extractFile(context.folder, 100_000);
  const connection = await benchDatabase(context);
  const office = await importOffice(connection);
  const ours: number[] = [];
  const theirs: number[] = [];
  const waits: number[] = [];
  const beside: number[] = [];
  try {
    for (let turn = 0; turn < RUNS + 1; turn++) {
      const baseline = await timed(() => parseAndDiscard(path));
      const imported = await timed(() => office.importFile(path));
      if (imported.result < 99_000) throw new Error(`Only ${imported.result} rows were imported.`);
      await office.forget();
      const watched = await timed(() => watching(connection, () => office.importFile(path)));
      await office.forget();
      context.say(
        `turn ${turn}: import ${ms(imported.took)}, csv-parse + zod ${ms(baseline.took)}; beside it, another query waited ${ms(watched.result)} at most`,
      );
      // The first turn warms up.
      if (turn === 0) continue;
      ours.push(imported.took);
      theirs.push(baseline.took);
      waits.push(watched.result);
      beside.push(watched.took);
    }
  } finally {
    await connection.close();
  }
  const small = await memoryOf(context, await extractFile(context.folder, 20_000));
  const large = await memoryOf(context, await extractFile(context.folder, 200_000));
  const national = await memoryOf(context, await extractFile(context.folder, 950_000, 1_500));
  for (const [name, { live, rss }] of Object.entries({
    '20,000 rows': small,
    '200,000 rows': large,
    '206 MB': national,
  }))
    context.say(`memory, ${name}: ${mb(live)} live, ${mb(rss)} in all`);
  return [
    compared({ name: 'import of 100,000 rows', unit: 'ms', better: 'lower', goal: GOAL[context.db] }, ours, theirs),
    compared(
      { name: 'longest wait of another query, against the whole import', unit: 'ms', better: 'lower', goal: 0.1 },
      waits,
      beside,
    ),
    compared(
      { name: 'live memory, 200,000 rows against 20,000', unit: 'bytes', better: 'lower', goal: 1.25 },
      [large.live],
      [small.live],
    ),
    compared(
      { name: 'whole process, 200,000 rows against 20,000', unit: 'bytes', better: 'lower', goal: null },
      [large.rss],
      [small.rss],
    ),
    compared(
      {
        name: 'live memory, 206 MB with 1,500 own services against 20,000 rows',
        unit: 'bytes',
        better: 'lower',
        goal: 2,
      },
      [national.live],
      [small.live],
    ),
  ];
};

/** By default all rows are the provider's own. */
async function extractFile(folder: string, rows: number, own = bookableIn(rows)): Promise<string> {
  const path = `${folder}/extract-${rows}.csv`;
  const { lines } = generateExtract({ seed: 7, rows, bookable: own });
  await pipeline(Readable.from(lines()), createWriteStream(path));
  return path;
}

/** So many bookable services that they and the others fill the rows. */
function bookableIn(rows: number): number {
  let bookable = Math.floor(rows / 1.06) - 5;
  while (ownRows(bookable + 1) <= rows) bookable++;
  return bookable;
}

/** Asks something small again and again while the work goes on; gives the longest that it had to wait, in ms. */
async function watching(connection: Connection, work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let over = false;
  const watch = (async () => {
    while (!over) {
      // From the moment at which it wanted to ask: a busy event loop counts like a busy session.
      const wanted = performance.now() + PAUSE;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      await sql`select count(*) from migration`.execute(connection.db);
      longest = Math.max(longest, performance.now() - wanted);
    }
  })();
  await work().finally(() => {
    over = true;
  });
  await watch;
  return longest;
}

async function memoryOf(context: { db: string; folder: string }, path: string): Promise<{ live: number; rss: number }> {
  const script = fileURLToPath(new URL('./import-parts/memory.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, path, context.db, context.folder]);
  return JSON.parse(stdout) as { live: number; rss: number };
}

async function timed<T>(work: () => Promise<T>): Promise<{ took: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { took: performance.now() - start, result };
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
