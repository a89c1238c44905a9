import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { type Connection, connectEmbedded, connectServer } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { storeOf } from '../../src/store/store.ts';
import { type Automation, startAutomation } from '../executors/automation.ts';
import { type Driver, type Said, startDriver } from './driver.ts';
import { type Chaos, type ChaosContext, chance } from './result.ts';
import { MIGRATION, newMigration, OLD, serviceAt } from './run-desk.ts';
import { runFaults } from './run-faults.ts';
import { isOver, overAt } from './run-over.ts';

const SERVICES = 40;
const BATCHES = 8;
/** From so many kills on, it is the whole exercise and not its short form. */
const FULL = 100;

/**
 * One cycle: a fresh run, SIGKILL at a chance moment between its first intent and its last settlement, restart, finish. The
 * automation is the witness: it lives in this process, which is not killed. A kill that came too early or late counts for nothing.
 * Then, without kills, everything else that goes wrong around a run.
 */
export const chaos: Chaos = async (context) => {
  const place = await openPlace(context);
  const automation = await startAutomation(
    Array.from({ length: SERVICES }, (_, at) => ({ serviceId: serviceAt(at).serviceId, ...OLD })),
  );
  automation.delayMilliseconds = 8;
  const random = chance(context.seed);
  const load = () =>
    startDriver('./run-driver.ts', [...place.args, '--automation', automation.url, '--secret', automation.secret]);
  let spare = load();
  // The next process is loaded while this one works; it opens the database only when it is its turn.
  const start = () => {
    const driver = spare;
    spare = load();
    driver.order({ open: true });
    return driver;
  };
  const drivers: Driver[] = [];
  const counts = { hits: 0, units: 0, doubled: 0, lost: 0, unknown: 0, unknownAllowed: 0 };
  try {
    for (let at = 0; at < context.replicas; at++) drivers.push(await started(start()));
    while (counts.hits < context.kills) {
      forget(automation);
      const hit = await cycle(place, drivers, start, automation, random);
      const after = tally(automation, hit.ended);
      counts.units += SERVICES;
      counts.doubled += after.doubled;
      counts.lost += after.lost;
      counts.unknown += after.unknown;
      if (hit.counted) counts.hits += 1;
      if (counts.hits % 20 === 0 && hit.counted) context.say(`${counts.hits} kills: ${JSON.stringify(counts)}`);
    }
    for (const driver of drivers.splice(0)) await driver.kill();
    const faulty = await runFaults({
      automation,
      services: SERVICES,
      url: place.url,
      awayMilliseconds: context.kills < FULL ? 3_000 : 30_000,
      driver: async (url) => started(url === undefined ? start() : opened(url, automation)),
      forget: () => forget(automation),
      say: context.say,
    });
    for (const key of ['units', 'doubled', 'lost', 'unknown'] as const) counts[key] += faulty[key];
    return counts;
  } finally {
    for (const driver of [...drivers, spare]) if (driver.alive) await driver.kill();
    await automation.close();
    await place.close();
  }
};

type Random = () => number;

async function cycle(
  place: Place,
  drivers: Driver[],
  start: () => Driver,
  automation: Automation,
  random: Random,
): Promise<{ counted: boolean; ended: Said }> {
  const point = ['random', 'random', 'after-act', 'after-settling'][Math.floor(random() * 4)] ?? 'random';
  const batch = 1 + Math.floor(random() * BATCHES);
  const [first] = drivers;
  const driving = Promise.race(
    drivers.map((driver) => driver.heard((said) => said.driving === true).then(() => driver)),
  );
  driving.catch(() => {});
  for (const driver of drivers) driver.order({ services: driver === first ? SERVICES : 0, die: { point, batch } });
  const victim = await killOne(driving, drivers, automation, point, batch, random);
  const stateAtDeath = await place.state();
  const restarted = start();
  drivers[drivers.indexOf(victim)] = restarted;
  const found = await restarted.heard((said) => said.ready === true);
  const counted = (stateAtDeath ?? found.state) === 'running';
  return { counted, ended: isOver(found, found.run) ? found : await overAt(restarted, found.run) };
}

/** Kills the process that drives; a point on purpose kills itself. Gives which one died. */
async function killOne(
  driving: Promise<Driver>,
  drivers: readonly Driver[],
  automation: Automation,
  point: string,
  batch: number,
  random: Random,
): Promise<Driver> {
  const arrived = Promise.withResolvers<void>();
  let seen = 0;
  automation.onBatch = () => {
    seen += 1;
    if (seen >= batch) arrived.resolve();
  };
  const victim = await driving;
  for (const other of drivers) if (other !== victim) other.order({ services: 0, die: null });
  if (point !== 'random') {
    // The last batches may be fewer than asked for: then it ends the ordinary way, and counts for nothing.
    await Promise.race([victim.ended, wait(3_000)]);
  } else {
    await arrived.promise;
    await wait(random() * 14);
  }
  automation.onBatch = null;
  await victim.kill();
  return victim;
}

function tally(automation: Automation, ended: Said): { doubled: number; lost: number; unknown: number } {
  const services = [...automation.services.values()];
  const confirmed = ended.counts?.confirmed ?? 0;
  return {
    // A key that was sent again although it had been applied was not read back first: it counts as doubled.
    doubled: services.filter((one) => one.applied > 1).length + automation.seen.repeats,
    lost:
      services.filter((one) => one.applied === 0).length +
      Math.max(0, SERVICES - confirmed - (ended.counts?.['needs-a-person'] ?? 0)),
    unknown: ended.counts?.['needs-a-person'] ?? 0,
  };
}

function forget(automation: Automation): void {
  automation.forget();
  automation.seen.repeats = 0;
  for (const service of automation.services.values()) Object.assign(service, OLD, { lastKey: null, applied: 0 });
}

function opened(url: string, { url: automation, secret }: Automation): Driver {
  const driver = startDriver('./run-driver.ts', ['--url', url, '--automation', automation, '--secret', secret]);
  driver.order({ open: true });
  return driver;
}

async function started(driver: Driver): Promise<Driver> {
  await driver.heard((said) => said.ready === true);
  return driver;
}

interface Place {
  readonly args: readonly string[];
  /** Null: embedded. */
  readonly url: string | null;
  /** The newest run's state, read by the witness; null where only the killed process may read (embedded). */
  state(): Promise<string | null>;
  close(): Promise<void>;
}

/** A migrated database of its own. */
async function openPlace({ db, url, folder }: ChaosContext): Promise<Place> {
  if (db === 'embedded') {
    await prepare(await connectEmbedded(folder));
    return { args: ['--folder', folder], url: null, state: async () => null, close: async () => {} };
  }
  const name = `changeover_test_${randomBytes(6).toString('hex')}`;
  const place = new URL(url);
  place.pathname = `/${name}`;
  await administer(url, `create database ${name}`);
  await prepare(await connectServer(place.toString(), 2));
  const witness = await connectServer(place.toString(), 1);
  return {
    args: ['--url', place.toString()],
    url: place.toString(),
    state: async () => (await storeOf(witness.db).runs.latest(MIGRATION))?.state ?? null,
    async close() {
      await witness.close();
      await administer(url, `drop database if exists ${name} with (force)`);
    },
  };
}

async function prepare(connection: Connection): Promise<void> {
  await migrate(connection);
  await newMigration(storeOf(connection.db));
  await connection.close();
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
