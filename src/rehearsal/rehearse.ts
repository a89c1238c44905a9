import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from './free-port.ts';
import { scratchDatabase } from './scratch-database.ts';
import { serviceEnvironment } from './service-process.ts';
import { openDoors } from './story/doors.ts';
import { serviceHandle } from './story/service-handle.ts';
import { createTranscript } from './story/stage.ts';
import { tellStory } from './story/story.ts';
import { worldDoor } from './story/world-door.ts';
import { startWorldProcess } from './world-process.ts';

/**
 * `npm run rehearse [-- --json --kill --guided --db embedded|server]`: the whole story, unattended, over the service's own doors, in a fresh folder. The
 * transcript goes to standard error with --json, whose last line on standard output is the outcome; exit 0 only if all held.
 */
const { values: asked } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    kill: { type: 'boolean', default: false },
    guided: { type: 'boolean', default: false },
    db: { type: 'string', default: 'embedded' },
    services: { type: 'string', default: '1500' },
    rows: { type: 'string', default: '100000' },
    practices: { type: 'string', default: '6872' },
  },
});
if (!['embedded', 'server'].includes(asked.db) || (asked.db === 'server' && !process.env.TEST_DATABASE_URL)) {
  process.stderr.write('Use --db embedded, or --db server with the server in TEST_DATABASE_URL.\n');
  process.exit(2);
}
const size = { services: Number(asked.services), rows: Number(asked.rows), practices: Number(asked.practices) };
const database = asked.db === 'server' ? await scratchDatabase() : null;
const folder = mkdtempSync(join(tmpdir(), 'changeover-rehearsal-'));
const secret = randomBytes(24).toString('base64url');
const signingSecret = randomBytes(24).toString('base64url');
const world = await startWorldProcess({ port: 0, smtpPort: 0, size: size.services, secret, memory: null });
const port = await freePort(0);
const service = serviceHandle(`http://127.0.0.1:${port}`, {
  ...serviceEnvironment({ world, port, dataFolder: folder, secret }),
  // Never the shell's own database.
  DATABASE_URL: database?.url ?? '',
  SLACK_BOT_TOKEN: 'xoxb-rehearsal',
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_API_URL: `${world.url}/slack/api/`,
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void service.kill().then(() => process.exit(1)));
const transcript = createTranscript((line) => (asked.json ? process.stderr : process.stdout).write(`${line}\n`));
try {
  await service.start();
  const doors = openDoors({ service: () => service.url, world: world.url, signingSecret });
  const outcome = await tellStory(
    { doors, world: worldDoor(world.url), service, transcript, kill: asked.kill, guided: asked.guided },
    size,
  );
  if (asked.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
  process.exitCode = outcome.ok ? 0 : 1;
} finally {
  await service.stop();
  await world.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
}
