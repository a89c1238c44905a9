import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { freePort } from '../../../src/rehearsal/free-port.ts';
import { COMMISSIONERS } from '../../../src/rehearsal/sample-recipients.ts';
import { serviceEnvironment } from '../../../src/rehearsal/service-process.ts';
import { afterChapter } from '../../../src/rehearsal/story/after-chapter.ts';
import { storyDates } from '../../../src/rehearsal/story/dates.ts';
import { openDoors } from '../../../src/rehearsal/story/doors.ts';
import { importChapter } from '../../../src/rehearsal/story/import-chapter.ts';
import { noticeChapter } from '../../../src/rehearsal/story/notice-chapter.ts';
import { planChapter } from '../../../src/rehearsal/story/plan-chapter.ts';
import { runChapter } from '../../../src/rehearsal/story/run-chapter.ts';
import { serviceHandle } from '../../../src/rehearsal/story/service-handle.ts';
import { createTranscript, type Stage } from '../../../src/rehearsal/story/stage.ts';
import { worldDoor } from '../../../src/rehearsal/story/world-door.ts';
import { startWorldProcess } from '../../../src/rehearsal/world-process.ts';
import { smallPng } from '../../pictures/small-png.ts';
import { openBrowser } from '../../support/browser.ts';
import { FakeTeams, TEAMS_APP } from '../../support/teams-connector.ts';
import { clientOf } from './client.ts';
import { startPlayground } from './playground.ts';
import { seatReader } from './seat-reader.ts';
import { startSigningProxy } from './signing-proxy.ts';

/**
 * `node story.ts FOLDER`, inside a network namespace of its own: the story in Teams, through the playground client that was
 * installed into FOLDER, with every request proven. The last line on standard output is what held and what did not, as JSON.
 */
const [playgroundFolder = ''] = process.argv.slice(2);
const PICTURE = new URL('../../../docs/pictures/teams.png', import.meta.url);
const folder = await mkdtemp(join(tmpdir(), 'changeover-teams-'));
const secret = randomBytes(24).toString('base64url');
const signingSecret = randomBytes(24).toString('base64url');
const size = { rows: 600, services: 24, practices: 20 };
const world = await startWorldProcess({ port: 0, smtpPort: 0, size: size.services, secret, memory: null });
const login = await new FakeTeams().start();
const port = await freePort(0);
const proxy = await startSigningProxy(`http://127.0.0.1:${port}/api/messages`);
const playground = await startPlayground(playgroundFolder, proxy.url, await freePort(0));
const environment = {
  ...serviceEnvironment({ world, port, dataFolder: folder, secret }),
  DATABASE_URL: '',
  SLACK_BOT_TOKEN: 'xoxb-rehearsal',
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_API_URL: `${world.url}/slack/api/`,
  TEAMS_APP_ID: TEAMS_APP.appId,
  TEAMS_APP_SECRET: TEAMS_APP.secret,
  TEAMS_TENANT_IDS: TEAMS_APP.tenant,
  TEAMS_KEYS_URL: proxy.keysUrl,
  TEAMS_CONNECTOR_URL: playground.url,
  TEAMS_LOGIN_URL: login.loginUrl,
};
await seatReader(environment);
const service = serviceHandle(`http://127.0.0.1:${port}`, environment);
const browser = await openBrowser();
const transcript = createTranscript((line) => process.stderr.write(`${line}\n`));
try {
  await service.start();
  const doors = openDoors({ service: () => service.url, world: world.url, signingSecret });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  await page.goto(playground.url);
  await tell({ doors, world: worldDoor(world.url), service, transcript, kill: false, guided: false }, page);
  process.stdout.write(`${JSON.stringify({ broken: transcript.broken, passed: proxy.passed })}\n`);
} finally {
  await browser.close();
  await service.stop();
  await Promise.all([playground.stop(), proxy.stop(), login.stop(), world.stop()]);
  await rm(folder, { recursive: true, force: true });
}

async function tell(stage: Stage, page: Page): Promise<void> {
  const client = clientOf(page);
  const { doors } = stage;
  const { hold } = stage.transcript;
  const unsigned = await fetch(`${service.url}/api/messages`, { method: 'POST', body: '{}' });
  hold(unsigned.status === 401, 'what nobody signed is not let in');

  await client.open('channel');
  await client.mention('status');
  hold(await client.sees('Rehearsal PAS migration'), 'a mention in the channel is answered');
  await client.open('personal');
  await client.write('/bsu help approve');
  hold(await client.sees('Approve the plan that shows this code'), 'plain words in the personal chat are answered');

  const dates = await storyDates(doors, await stage.world.now());
  await importChapter(stage, dates, size);
  const story = await planChapter(stage, dates, size);
  stage.transcript.chapter('Approve in Teams');
  await client.open('channel');
  hold(await client.sees('needs 3 more approvals'), 'the plan’s card is posted in the channel');
  await client.press(story.code, 'Approve');
  hold(await client.sees('needs 2 more approvals'), 'a press on Approve is a vote, and the card changes in place');
  hold((await client.count('needs 3 more approvals')) === 0, 'no card says the old number any more');
  await doors.slack('second-approver', `approve ${story.code}`);
  hold(await client.sees('needs 1 more approval'), 'a vote in Slack changes the card in Teams');
  await doors.slack('clinical-safety-officer', `approve ${story.code}`);
  hold(await client.sees('Plan 1 · Rehearsal PAS migration · approved'), 'the third vote approves it, for all to see');

  await noticeChapter(stage, 'planned', COMMISSIONERS + size.practices);
  stage.transcript.chapter('In working hours');
  await doors.moveClock(dates.tenInTheMorning);
  await client.mention('run');
  hold(await client.sees('Bulk updates are blocked in working hours'), 'at 10am the run is refused, with the reason');
  hold(await client.sees('Next openings that fit'), 'and with the next openings');
  if (process.env.PICTURES) await writeFile(PICTURE, smallPng(await page.screenshot()));

  // The clock goes forwards only.
  const later = { ...dates, tenInTheMorning: dates.tenInTheMorning.add({ minutes: 5 }) };
  await runChapter(stage, later, story);
  hold(await client.sees('Plan 1 has run'), 'the run’s card in the channel says that it has run');
  await afterChapter(stage, story);
  hold(
    await client.sees('Plan 1 is completed: the new system is verified'),
    'and the checks’ card that it is completed',
  );
}
