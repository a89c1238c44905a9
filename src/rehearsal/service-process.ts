import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { WorldProcess } from './world-process.ts';

/** The environment in which the unchanged service rehearses: every address is the world's. */
export function serviceEnvironment(rehearsal: {
  readonly world: Pick<WorldProcess, 'url' | 'smtpUrl'>;
  readonly port: number;
  readonly dataFolder: string;
  readonly secret: string;
}): Readonly<Record<string, string>> {
  const { world, port, dataFolder, secret } = rehearsal;
  return {
    CHANGEOVER_MODE: 'rehearsal',
    CHANGEOVER_WORLD: world.url,
    CHANGEOVER_DATA: dataFolder,
    SMTP_URL: world.smtpUrl,
    MAIL_FROM: 'notices@rehearsal.example',
    EXECUTOR_URL: `${world.url}/automation`,
    EXECUTOR_SECRET: secret,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
}

/** The service as a child: its log goes to our standard error, its standard output is its own. */
export function startServiceProcess(environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  });
}

/** True when the service answers that it is ready; false when it ended before. */
export async function whenReady(address: string, service: ChildProcess): Promise<boolean> {
  while (service.exitCode === null && service.signalCode === null) {
    const ready = await fetch(address, { signal: AbortSignal.timeout(2000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return true;
    await wait(100);
  }
  return false;
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
