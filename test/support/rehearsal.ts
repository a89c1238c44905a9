import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = new URL('../../src/main.ts', import.meta.url);
const START = new URL('../../src/rehearsal/start.ts', import.meta.url);

/** `npm start` without configuration, in a fresh folder on free ports. */
export interface Rehearsal {
  readonly chat: string;
  readonly ers: string;
  readonly inbox: string;
  /** Where the service answers. */
  readonly service: string;
  /** Where it keeps its data: the command line finds the running service by it. */
  readonly data: string;
  stop(): Promise<void>;
}

/** `settings`: a chat beside the chat page, which the service then speaks to as well. */
export async function startRehearsal(
  services: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<Rehearsal> {
  const data = await mkdtemp(join(tmpdir(), 'changeover-journey-'));
  const env = {
    ...withoutSettings(),
    CHANGEOVER_DATA: data,
    PORT: String(await freePort()),
    WORLD_SERVICES: String(services),
    ...settings,
  };
  // With settings of a chat `npm start` is the service; the rehearsal's own start passes them on.
  const start = Object.keys(settings).length > 0 ? START : MAIN;
  const child = spawn(process.execPath, [start.pathname], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const addresses = new Map<string, string>();
  for await (const line of createInterface(child.stdout)) {
    const found = /^\s*(Chat page|e-RS|Mail inbox)\s+(http\S+)/.exec(line);
    if (found?.[1] && found[2]) addresses.set(found[1], found[2]);
    if (addresses.size === 3) break;
  }
  const address = (name: string) => addresses.get(name) ?? '';
  if (addresses.size < 3) throw new Error('The rehearsal did not start.');
  return {
    chat: address('Chat page'),
    ers: address('e-RS'),
    inbox: address('Mail inbox'),
    service: new URL(address('Chat page')).origin,
    data,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** The settings of whoever runs the tests are no part of a rehearsal. */
export function withoutSettings(): NodeJS.ProcessEnv {
  const own = /^(CHANGEOVER|SLACK|TEAMS|SMTP|EXECUTOR|DATABASE|WORLD)_|^(PORT|PUBLIC_URL|MAIL_FROM|ADMIN_EMAIL)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 3000;
}
