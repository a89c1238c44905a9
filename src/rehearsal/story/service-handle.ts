import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { startServiceProcess, whenReady } from '../service-process.ts';

/** The unchanged service as a child that can be killed and started again with the same folder and addresses. */
export interface ServiceHandle {
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL: no time to tidy up. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export function serviceHandle(url: string, environment: Readonly<Record<string, string>>): ServiceHandle {
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
  };
  return {
    url,
    start: async () => {
      child = startServiceProcess(environment);
      if (!(await whenReady(`${url}/readyz`, child))) throw new Error('The service did not start. Its log is above.');
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
