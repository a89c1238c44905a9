import { startWorld } from './world.ts';

/** The rehearsal world as a process of its own: prints its addresses as one line of JSON, stops with its parent. */
const port = Number(process.env.WORLD_PORT ?? 0);
const smtpPort = Number(process.env.WORLD_SMTP_PORT ?? 0);
const size = Number(process.env.WORLD_SERVICES ?? 250);
const memoryFolder = process.env.WORLD_MEMORY ?? '';
const executorSecret = process.env.EXECUTOR_SECRET ?? '';
if (executorSecret === '') {
  process.stderr.write('EXECUTOR_SECRET is missing: start the rehearsal with npm start.\n');
  process.exit(2);
}

const world = await startWorld({
  host: '127.0.0.1',
  port,
  smtpPort,
  executorSecret,
  size,
  ...(memoryFolder === '' ? {} : { memoryFolder }),
});
process.stdout.write(`${JSON.stringify({ url: world.url, smtpUrl: world.smtpUrl })}\n`);

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  world.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.on('SIGTERM', stop);
// Ctrl+C reaches the whole group: the parent decides when the witness goes.
process.on('SIGINT', () => {});
// The parent holds our standard input open; when it is gone, however it went, the input ends.
process.stdin.resume().on('end', stop).on('error', stop);
