import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { freePort } from './free-port.ts';
import { serviceEnvironment, startServiceProcess, whenReady } from './service-process.ts';
import { startWorldProcess } from './world-process.ts';

/** `npm start` without configuration: the rehearsal world as one process, then the unchanged service with its addresses. */
const secret = randomBytes(24).toString('base64url');
const dataFolder = process.env.CHANGEOVER_DATA ?? '.changeover';
const port = await freePort(Number(process.env.PORT ?? 3000));
const world = await startWorldProcess({
  port: await freePort(port + 1),
  smtpPort: await freePort(2525),
  size: Number(process.env.WORLD_SERVICES ?? 250),
  secret,
  memory: dataFolder,
});
const service = startServiceProcess(serviceEnvironment({ world, port, dataFolder, secret }));
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
const ready = await whenReady(`http://127.0.0.1:${port}/readyz`, service);
if (!ready) await stop(service.exitCode ?? 1);
else {
  tell(`http://127.0.0.1:${port}`, world.url);
  await once(service, 'exit');
  // Killing the service leaves the witness: what the world saw can still be looked at.
  if (!stopping) say(['', `Changeover has stopped. The rehearsal world goes on at ${world.url}. Ctrl+C stops it too.`]);
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (service.exitCode === null && service.signalCode === null) {
    service.kill('SIGTERM');
    await once(service, 'exit');
  }
  await world.stop();
  process.exit(code);
}

function tell(service: string, outside: string): void {
  say([
    '',
    'Changeover is ready to rehearse. Nothing leaves this machine.',
    '',
    `  Chat page      ${service}/rehearsal`,
    `  e-RS           ${outside}/ers      log in as a service definer, or as a referrer to book`,
    `  PAS            ${outside}/pas`,
    `  Mail inbox     ${outside}/inbox`,
    `  Sample files   ${outside}/`,
    '',
    `Open ${service}/rehearsal first: it says what to do. Its clock can be moved there. Ctrl+C stops everything;`,
    `what was done is kept in ${dataFolder} (delete that folder to begin again).`,
  ]);
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
