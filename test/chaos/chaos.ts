import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Chaos, ChaosContext, Fuzz } from './result.ts';

/**
 * `npm run chaos -- NAME [--json] [--db embedded|server] [--replicas 1|2] [--kills N] [--seed N]`: loads test/chaos/NAME.ts,
 * kills and counts (contracts, What the commands print). `npm run chaos -- fuzz-NAME [--count N]` sends so many malformed
 * requests instead. Reads only TEST_DATABASE_URL, never a production address.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    db: { type: 'string', default: 'embedded' },
    replicas: { type: 'string', default: '1' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '50000' },
  },
});
const [name = ''] = positionals;
const { db } = values;
const numbers = { replicas: Number(values.replicas), kills: Number(values.kills), seed: Number(values.seed) };
const count = Number(values.count);
if (!/^[a-z-]+$/.test(name) || !existsSync(new URL(`./${name}.ts`, import.meta.url)))
  usage('Say what is to be killed.');
else if (db !== 'embedded' && db !== 'server') usage('--db is embedded or server.');
else if (db === 'server' && !process.env.TEST_DATABASE_URL) usage('A server needs TEST_DATABASE_URL.');
else if (![1, 2].includes(numbers.replicas) || (db === 'embedded' && numbers.replicas > 1)) {
  usage('--replicas is 1 or 2, and 2 only with --db server.');
} else if (!(numbers.kills >= 1) || !(count >= 1) || !Number.isInteger(numbers.seed)) {
  usage('--kills, --count and --seed are whole numbers.');
} else await inFolder((folder) => (name.startsWith('fuzz-') ? send(folder, db) : run(folder, { db, ...numbers })));

async function run(folder: string, asked: Pick<ChaosContext, 'db' | 'replicas' | 'kills' | 'seed'>): Promise<void> {
  const { chaos } = (await import(`./${name}.ts`)) as { chaos: Chaos };
  const start = performance.now();
  const counts = await chaos({ ...asked, url: process.env.TEST_DATABASE_URL ?? '', folder, say });
  const result = { chaos: name, ...asked, ...counts, seconds: secondsSince(start) };
  const ok =
    result.doubled === 0 && result.lost === 0 && result.unknown <= result.unknownAllowed && result.hits === asked.kills;
  print(result, ok);
}

async function send(folder: string, db: ChaosContext['db']): Promise<void> {
  const { fuzz } = (await import(`./${name}.ts`)) as { fuzz: Fuzz };
  const { seed } = numbers;
  const start = performance.now();
  const { ok, ...counts } = await fuzz({ db, count, seed, url: process.env.TEST_DATABASE_URL ?? '', folder, say });
  print({ chaos: name, db, seed, ...counts, seconds: secondsSince(start) }, ok);
}

function print(result: object, ok: boolean): void {
  const line = values.json ? JSON.stringify({ ...result, ok }) : `${ok ? 'ok' : 'FAILED'} ${JSON.stringify(result)}`;
  process.stdout.write(`${line}\n`);
  process.exitCode = ok ? 0 : 1;
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'changeover-chaos-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}

function usage(problem: string): void {
  process.stderr.write(
    `${problem}\nnpm run chaos -- run [--json] [--db embedded|server] [--replicas 1|2] [--kills N] [--seed N]\nnpm run chaos -- fuzz-teams [--json] [--db embedded|server] [--count N] [--seed N]\n`,
  );
  process.exitCode = 2;
}
