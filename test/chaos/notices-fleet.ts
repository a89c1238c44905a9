import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Order } from './notices-driver.ts';

/** A process that sends. */
export interface Driver {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  order(order: Order): void;
  alive(): boolean;
  kill(): void;
}

/** The processes of one installation, and what they say. */
export class Fleet {
  readonly #start: () => Driver;
  readonly #drivers: Driver[] = [];
  readonly #voices = new EventEmitter().setMaxListeners(50);

  constructor(start: () => Driver) {
    this.#start = start;
  }

  async add(): Promise<void> {
    const driver = this.#start();
    this.#drivers.push(driver);
    const ready = this.said('ready');
    const { stdout } = driver.child;
    if (stdout)
      createInterface({ input: stdout }).on('line', (line) => this.#voices.emit('said', JSON.parse(line), driver));
    await ready;
  }

  async replace(dead: Driver): Promise<void> {
    this.#drivers.splice(this.#drivers.indexOf(dead), 1);
    await this.add();
  }

  first(): Driver {
    const [driver] = this.#drivers;
    if (!driver) throw new Error('There is no process to begin with.');
    return driver;
  }

  /** The next time that one of them says this. */
  said<T extends object>(what: string, fits: (said: T) => boolean = () => true): Promise<{ said: T; by: Driver }> {
    return new Promise((resolve) => {
      const listen = (said: T, by: Driver) => {
        if (!(what in said) || !fits(said)) return;
        this.#voices.off('said', listen);
        resolve({ said, by });
      };
      this.#voices.on('said', listen);
    });
  }

  async stop(): Promise<void> {
    for (const driver of this.#drivers) driver.kill();
    await Promise.all(this.#drivers.map((driver) => driver.gone));
  }
}

export function startDriver(given: readonly string[]): Driver {
  const file = fileURLToPath(new URL('./notices-driver.ts', import.meta.url));
  const child = spawn(process.execPath, [file, ...given], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // What is killed two hundred times need not be compiled two hundred times.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'changeover-chaos-compiled') },
  });
  child.stdin.on('error', () => {});
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    gone,
    order: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    alive: () => child.exitCode === null && child.signalCode === null,
    kill: () => void child.kill('SIGKILL'),
  };
}
