import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchContext, Figure } from './figure.ts';

/**
 * `npm run bench -- NAME [--json] [--db embedded|server]`: loads test/bench/NAME.ts, runs it, prints its figures; exit 1
 * when one misses its goal. A file that exports `needs` runs on that form of the database only. Reads only TEST_DATABASE_URL, never a production address.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, db: { type: 'string' } },
});
const [name] = positionals;
const file = new URL(`./${name}.ts`, import.meta.url);
if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(file)) await usage('Say which bench.');
else {
  const { bench, needs } = (await import(`./${name}.ts`)) as { bench: Bench; needs?: BenchContext['db'] };
  const db = values.db ?? needs ?? 'embedded';
  if (db !== 'embedded' && db !== 'server') await usage('--db is embedded or server.');
  else if (needs !== undefined && db !== needs) await usage(`This bench runs with --db ${needs} only.`);
  else if (db === 'server' && !process.env.TEST_DATABASE_URL) await usage('A server needs TEST_DATABASE_URL.');
  else await run(name, bench, db, values.json === true);
}

async function run(name: string, bench: Bench, db: BenchContext['db'], json: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'changeover-bench-'));
  try {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const figures = await bench({ db, url: process.env.TEST_DATABASE_URL ?? '', folder, say });
    const ok = figures.every((figure) => figure.ok);
    if (json) write(JSON.stringify({ bench: name, db, ok, figures }));
    else for (const figure of figures) write(inWords(figure));
    process.exitCode = ok ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function inWords(figure: Figure): string {
  const { name, unit, value, baseline, ratio, spread, runs, goal, ok } = figure;
  const against = baseline === null ? '' : ` against ${short(baseline)} ${unit}: ${short(ratio ?? Number.NaN)} times`;
  const bound = goal === null ? '' : `, goal ${figure.better === 'lower' ? 'at most' : 'at least'} ${goal}`;
  return `${ok ? 'ok  ' : 'MISS'} ${name}: ${short(value)} ${unit}${against} (spread ${short(spread)}, ${runs} runs${bound})`;
}

function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

async function usage(problem: string): Promise<void> {
  const names = (await readdir(new URL('.', import.meta.url))).map((file) => /^([a-z]+)\.ts$/.exec(file)?.[1]);
  const known = names.filter((one) => one !== undefined && one !== 'bench' && one !== 'figure');
  process.stderr.write(
    `${problem}\nnpm run bench -- NAME [--json] [--db embedded|server], with NAME one of: ${known.join(', ')}\n`,
  );
  process.exitCode = 2;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
