import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a driver said, a line of JSON each. */
export interface Said {
  readonly ready?: true;
  readonly driving?: true;
  readonly started?: true;
  readonly settled?: true;
  readonly run?: number;
  readonly state?: string;
  readonly counts?: Readonly<Record<string, number>>;
}

/** A process under test, that can be killed at any time. */
export interface Driver {
  readonly alive: boolean;
  order(what: object): void;
  /** The next thing said for which this holds; rejects when the process ends before. */
  heard(wanted: (said: Said) => boolean): Promise<Said>;
  kill(): Promise<void>;
  /** Resolves when the process has ended, however. */
  readonly ended: Promise<unknown>;
}

export function startDriver(script: string, args: readonly string[]): Driver {
  const file = new URL(script, import.meta.url).pathname;
  // It lives a second or two: optimising the embedded engine's code would take longer than it saves.
  const child: ChildProcess = spawn(process.execPath, ['--liftoff-only', file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // What is killed two hundred times need not be compiled two hundred times.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'changeover-chaos-compiled') },
  });
  // A line to a process that was killed a moment ago is lost, as it should be.
  child.stdin?.on('error', () => {});
  const ended = once(child, 'exit');
  const waiting = new Set<{
    wanted: (said: Said) => boolean;
    resolve: (said: Said) => void;
    reject: (e: Error) => void;
  }>();
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Said;
      for (const one of [...waiting]) {
        if (!one.wanted(said)) continue;
        waiting.delete(one);
        one.resolve(said);
      }
    });
  }
  void ended.then(() => {
    for (const one of waiting) one.reject(new Error('The process ended.'));
    waiting.clear();
  });
  return {
    get alive() {
      return child.exitCode === null && child.signalCode === null;
    },
    ended,
    order: (what) => void child.stdin?.write(`${JSON.stringify(what)}\n`),
    heard: (wanted) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null) reject(new Error('The process ended.'));
        else waiting.add({ wanted, resolve, reject });
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
