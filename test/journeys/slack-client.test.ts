import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser, picture } from '../support/browser.ts';
import { ersPage } from '../support/e-rs-page.ts';
import { ISOLATED, localSlack } from '../support/peer.ts';
import { type Rehearsal, startRehearsal } from '../support/rehearsal.ts';
import { type SlackClientPage, slackClientPage } from '../support/slack-client.ts';
import { type Scene, storyByHand } from '../support/story-by-hand.ts';
import { storyDays } from '../support/story-days.ts';

/** Set in the inner run, which has a network of its own: the path of local-slack. */
const INSIDE = process.env.CHANGEOVER_LOCAL_SLACK;
const found = CHROMIUM === null ? { why: 'no chromium here' } : INSIDE ? { program: INSIDE } : await localSlack();
const skipped = 'why' in found ? ` (skipped: ${found.why})` : '';

describe.skipIf(skipped !== '' || INSIDE !== undefined)(`the main job in a Slack that others wrote${skipped}`, () => {
  it('is played whole, in a network of its own', async () => {
    const [program = '', ...rest] = ISOLATED;
    const vitest = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
    const config = join(import.meta.dirname, '..', '..', 'vitest.e2e.config.ts');
    const inner = [process.execPath, vitest, 'run', '--config', config, import.meta.filename];
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
    const child = spawn(program, [...rest, ...inner], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...env, CHANGEOVER_LOCAL_SLACK: 'program' in found ? found.program : '' },
    });
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 900_000);
});

const SECRETS = { SLACK_BOT_TOKEN: 'xoxb-rehearsal', SLACK_SIGNING_SECRET: 'rehearsal-signing-secret' };
const CLIENT_PORT = 4225;

describe.skipIf(INSIDE === undefined)('in a Slack that others wrote', () => {
  const client = `http://localhost:${CLIENT_PORT}`;
  let rehearsal: Rehearsal;
  let slack: ChildProcess;
  let folder: string;
  let browser: Browser;
  let chat: SlackClientPage;
  let scene: Scene;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'changeover-local-slack-'));
    rehearsal = await startRehearsal(24, { ...SECRETS, SLACK_API_URL: `${client}/api/` });
    await writeFile(join(folder, 'config.json'), JSON.stringify(workspace(rehearsal.service)));
    const options = ['--config', join(folder, 'config.json'), '--port', String(CLIENT_PORT), '--files-dir', folder];
    slack = spawn(INSIDE ?? '', options, { stdio: 'ignore' });
    while (!(await fetch(client).catch(() => null))?.ok) await wait(100);
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: 'Europe/London' });
    context.setDefaultTimeout(45_000);
    const world = new URL(rehearsal.ers).origin;
    chat = slackClientPage(await context.newPage(), { client, service: rehearsal.service, world });
    const ers = ersPage(await context.newPage(), rehearsal.ers);
    scene = {
      chat,
      ers,
      inbox: rehearsal.inbox,
      days: storyDays(),
      picture: async (name) => (name === 'inbox' ? undefined : picture(chat.page, `slack-${name}`)),
    };
    await chat.open();
  });
  afterEach(async ({ task }) => {
    if (process.env.DEBUG_PICTURE && task.result?.state === 'fail') {
      await chat.page.screenshot({ path: `${process.env.DEBUG_PICTURE}-slack.png` });
    }
  });
  afterAll(async () => {
    await browser?.close();
    slack?.kill();
    await rehearsal?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('a wrong verb gets the nearest one, and the home tab says what waits', async () => {
    await chat.as('planner');
    expect(await chat.type('/bsu plam')).toContain('The nearest is "plan"');
    const home = await chat.home();
    expect(home).toContain('Rehearsal PAS migration');
    expect(home).toContain('Waits for you');
    await chat.channel();
  });

  storyByHand(() => scene);

  it('has one card a plan, with its calls in the thread, and a home that knows the end', async () => {
    expect(await chat.replies(/Plan 1 · Rehearsal PAS migration · completed/)).toBeGreaterThan(0);
    await chat.as('planner');
    const home = await chat.home();
    await picture(chat.page, 'slack-home');
    expect(home).toContain('Rehearsal PAS migration');
  });
});

function workspace(service: string) {
  const people = [
    ['planner', 'A planner'],
    ['service-definer', 'A service definer'],
    ['deputy', 'A deputy service definer'],
    ['e-rs-lead', 'The e-RS lead'],
    ['communications-lead', 'A communications lead'],
    ['tester', 'A tester'],
    ['approver', 'An approver'],
    ['second-approver', 'A second approver'],
    ['clinical-safety-officer', 'A clinical safety officer'],
  ].map(([name = '', real_name = '']) => ({ id: `U${name.replaceAll('-', '').toUpperCase()}`, name, real_name }));
  return {
    workspace: { name: 'Rehearsal', teamId: 'TREHEARSAL' },
    apps: [
      {
        appId: 'A0CHANGEOVER',
        botUserId: 'U0BOT',
        botName: 'changeover',
        botToken: SECRETS.SLACK_BOT_TOKEN,
        signingSecret: SECRETS.SLACK_SIGNING_SECRET,
        mode: 'events',
        requestUrl: `${service}/slack/events`,
      },
    ],
    users: people,
    channels: [{ id: 'C0REHEARSAL', name: 'pas-migration', members: [...people.map(({ id }) => id), 'U0BOT'] }],
  };
}
