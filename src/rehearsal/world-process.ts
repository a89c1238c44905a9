import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface WorldProcess {
  readonly url: string;
  readonly smtpUrl: string;
  stop(): Promise<void>;
}

/** The rehearsal world as a process of its own; it ends when this process does, however that happens. */
export async function startWorldProcess(options: {
  readonly port: number;
  readonly smtpPort: number;
  readonly size: number;
  readonly secret: string;
  /** A folder where the world keeps its clock and services from one start to the next; null for none. */
  readonly memory: string | null;
}): Promise<WorldProcess> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      WORLD_PORT: String(options.port),
      WORLD_SMTP_PORT: String(options.smtpPort),
      WORLD_SERVICES: String(options.size),
      WORLD_MEMORY: options.memory ?? '',
      EXECUTOR_SECRET: options.secret,
    },
  });
  const exited = once(child, 'exit');
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
  if (child.exitCode !== null) throw new Error('The rehearsal world did not start. What it said is above.');
  const { url, smtpUrl } = JSON.parse(String(first[0])) as { url: string; smtpUrl: string };
  return {
    url,
    smtpUrl,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

const MAIN = fileURLToPath(new URL('world-main.ts', import.meta.url));
