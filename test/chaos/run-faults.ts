import { setTimeout as wait } from 'node:timers/promises';
import type { Automation, Fault } from '../executors/automation.ts';
import { openCutLine } from '../support/cut-line.ts';
import type { Driver, Said } from './driver.ts';
import { overAt } from './run-over.ts';

const FAULTS: readonly Fault[] = [
  'applies-and-answers-late',
  'answers-twice',
  'error-500',
  'applies-and-error-500',
  'busy',
  'garbage',
  'applies-and-closes-mid-answer',
  'closes-at-once',
  'never-answers',
  'applies-and-never-answers',
  'half-the-results',
];
/** Of each run's first batches, every second one meets the fault. */
const TIMES = 3;

export interface FaultScene {
  readonly automation: Automation;
  readonly services: number;
  /** The server's address; null for the embedded database, which cannot go away by itself. */
  readonly url: string | null;
  /** How long the database stays away. */
  readonly awayMilliseconds: number;
  driver(url?: string): Promise<Driver>;
  /** The world as before any run. */
  forget(): void;
  say(line: string): void;
}

export interface FaultCounts {
  readonly units: number;
  readonly doubled: number;
  readonly lost: number;
  readonly unknown: number;
}

/** A fresh run for each way in which an automation, a database or a window fails; the automation is the witness. */
export async function runFaults(scene: FaultScene): Promise<FaultCounts> {
  const total = { units: 0, doubled: 0, lost: 0, unknown: 0 };
  const add = (name: string, counts: FaultCounts, more = '') => {
    for (const key of ['units', 'doubled', 'lost', 'unknown'] as const) total[key] += counts[key];
    scene.say(`fault ${name}: ${JSON.stringify(counts)}${more}`);
  };
  const driver = await scene.driver();
  for (const fault of FAULTS) add(fault, await faultyAutomation(scene, driver, fault));
  if (scene.url !== null) {
    const away = `the database is away for ${scene.awayMilliseconds / 1000} s`;
    await driver.kill();
    add(away, await databaseAway(scene, scene.url));
    const next = await scene.driver();
    await windowEnds(scene, next, add);
    await next.kill();
  } else {
    await windowEnds(scene, driver, add);
    await driver.kill();
  }
  return total;
}

async function faultyAutomation(scene: FaultScene, driver: Driver, fault: Fault): Promise<FaultCounts> {
  scene.forget();
  const { faults } = scene.automation;
  let batch = 0;
  scene.automation.onBatch = () => {
    batch += 1;
    if (batch % 2 === 1 && batch <= 2 * TIMES) faults.push(fault);
  };
  const ended = await runOn(driver, { services: scene.services });
  scene.automation.onBatch = null;
  if (batch < 2 * TIMES || faults.length > 0) throw new Error(`The fault ${fault} did not happen ${TIMES} times.`);
  return tally(scene, ended);
}

/** Longer than the run's lease, at full length: the others would have taken it over if there were any. */
async function databaseAway(scene: FaultScene, address: string): Promise<FaultCounts> {
  scene.forget();
  const url = new URL(address);
  const line = await openCutLine({ host: url.hostname, port: Number(url.port || 5432) });
  url.hostname = '127.0.0.1';
  url.port = String(line.port);
  const driver = await scene.driver(url.toString());
  try {
    const third = Promise.withResolvers<void>();
    let batch = 0;
    scene.automation.onBatch = () => {
      batch += 1;
      if (batch === 3) third.resolve();
    };
    const run = started(driver, { services: scene.services });
    await third.promise;
    line.cut();
    await wait(scene.awayMilliseconds);
    line.join();
    return tally(scene, await overAt(driver, await run));
  } finally {
    scene.automation.onBatch = null;
    await driver.kill();
    await line.close();
  }
}

/** What is under way is finished, the rest is left untouched and listed. */
async function windowEnds(
  scene: FaultScene,
  driver: Driver,
  add: (name: string, counts: FaultCounts, more: string) => void,
): Promise<void> {
  scene.forget();
  const ended = await underWayFinished(driver, await started(driver, { services: scene.services, closeAtBatch: 4 }));
  const { confirmed = 0, pending = 0 } = ended.counts ?? {};
  const applied = [...scene.automation.services.values()].filter((one) => one.applied > 0).length;
  const lost = Math.abs(applied - confirmed) + Math.abs(scene.services - confirmed - pending);
  const cut = ended.state === 'stopped' && pending > 0 && confirmed > 0 ? 0 : scene.services;
  const counts = { ...tally(scene, ended), lost: lost + cut };
  add('the window ends in the middle', counts, ` (${confirmed} done, ${pending} left, ${ended.state})`);
}

/** The run stops while batches are under way; these are settled after it. */
async function underWayFinished(driver: Driver, run: number): Promise<Said> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const said = await overAt(driver, run);
    if ((said.counts?.applying ?? 0) + (said.counts?.applied ?? 0) === 0) return said;
    await wait(50);
  }
  throw new Error('What was under way when the window ended was never settled.');
}

interface RunOrder {
  readonly services: number;
  readonly closeAtBatch?: number;
}

async function runOn(driver: Driver, order: RunOrder): Promise<Said> {
  return overAt(driver, await started(driver, order));
}

/** The number of the run that was started. */
async function started(driver: Driver, order: RunOrder): Promise<number> {
  const said = driver.heard((one) => one.started === true);
  driver.order({ ...order, die: null });
  const { run } = await said;
  if (run === undefined || run === 0) throw new Error('No run was started.');
  return run;
}

function tally({ automation, services }: FaultScene, { counts }: Said): FaultCounts {
  const world = [...automation.services.values()];
  const unknown = counts?.['needs-a-person'] ?? 0;
  return {
    units: services,
    doubled: world.filter((one) => one.applied > 1).length + automation.seen.repeats,
    lost: world.filter((one) => one.applied === 0).length + services - (counts?.confirmed ?? 0) - unknown,
    unknown,
  };
}
