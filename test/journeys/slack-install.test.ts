import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser } from '../support/browser.ts';
import { emulate } from '../support/peer.ts';
import { freePort, withoutSettings } from '../support/rehearsal.ts';
import { typedCommand } from '../support/slack-payloads.ts';

const run = promisify(execFile);
const found = CHROMIUM === null ? { why: 'no chromium here' } : await emulate();
const skipped = 'why' in found ? ` (skipped: ${found.why})` : '';
const SOURCES = new URL('../../src/', import.meta.url).pathname;

/** The service as configured for several workspaces, and a Slack API that others wrote: the whole OAuth install in a browser. */
describe.skipIf(skipped !== '')(`installing into a further Slack workspace${skipped}`, () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let slack: ChildProcess;
  let service: ChildProcess;
  let browser: Browser;
  let home: string;
  let api: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'changeover-install-'));
    const [port, slackPort] = [await freePort(), await freePort()];
    home = `http://127.0.0.1:${port}`;
    api = `http://127.0.0.1:${slackPort}`;
    await writeFile(join(folder, 'seed.json'), JSON.stringify(seed(home)));
    const program = 'program' in found ? found.program : '';
    const options = ['start', '--service', 'slack', '--port', String(slackPort), '--seed', join(folder, 'seed.json')];
    slack = spawn(process.execPath, [program, ...options], { cwd: folder, stdio: 'ignore' });
    env = {
      ...withoutSettings(),
      CHANGEOVER_MODE: 'service',
      CHANGEOVER_DATA: join(folder, 'data'),
      CHANGEOVER_SECRET_KEY: 'ab'.repeat(32),
      PORT: String(port),
      PUBLIC_URL: home,
      ADMIN_EMAIL: 'administrator@trust.example',
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'notices@trust.example',
      SLACK_SIGNING_SECRET: 'a-signing-secret',
      SLACK_CLIENT_ID: '12345.67890',
      SLACK_CLIENT_SECRET: 'a-client-secret',
      SLACK_API_URL: `${api}/api/`,
      LOG_LEVEL: 'warn',
    };
    service = spawn(process.execPath, [join(SOURCES, 'main.ts')], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await Promise.all([answers(`${home}/readyz`), answers(api)]);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    for (const child of [service, slack]) {
      child?.kill('SIGTERM');
      if (child && child.exitCode === null) await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  });

  const bsu = async (...words: string[]) => {
    const { stdout } = await run(process.execPath, [join(SOURCES, 'cli.ts'), ...words, '--json'], { env }).catch(
      (error: { stdout: string }) => error,
    );
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { facts: Record<string, unknown> };
  };

  it('an administrator’s link leads through Slack’s own page, and back: it is installed', async () => {
    const { facts } = await bsu('workspaces', 'add');
    const page = await (await browser.newContext()).newPage();
    await page.goto((facts.link as { address: string }).address);
    await page.getByRole('button', { name: 'Continue to Slack' }).click();
    await page.getByText('Authorize Changeover').waitFor();
    await page.getByRole('button').first().click();
    await page.getByRole('heading', { name: /^Changeover is installed in / }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/slack/oauth_redirect');
    const listed = (await bsu('workspaces')).facts.workspaces as { id: string; ended: unknown }[];
    expect(listed).toEqual([expect.objectContaining({ ended: null })]);
  });

  it('the token is good for what Changeover asks, and a command typed there is answered with it', async () => {
    const [workspace] = (await bsu('workspaces')).facts.workspaces as { id: string; name: string }[];
    const checks = (await bsu('doctor')).facts.checks as { what: string; ok: boolean; says: string }[];
    expect(checks).toContainEqual(expect.objectContaining({ what: `Slack (${workspace?.name})`, ok: true }));
    const users = (await (
      await fetch(`${api}/api/users.list`, { headers: { authorization: 'Bearer xoxb-seeded' } })
    ).json()) as { members?: { id: string; is_bot: boolean }[] };
    const userId = users.members?.find((each) => !each.is_bot)?.id ?? 'U000000001';
    const body = typedCommand('help', { slackUrl: api, userId, teamId: workspace?.id ?? '' });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', 'a-signing-secret').update(`v0:${timestamp}:${body}`).digest('hex');
    const answer = await fetch(`${home}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
    // Known to Slack's stand-in by the stored token, and not yet to us.
    expect(await answer.text()).toContain(`slack:${workspace?.id}:${userId}`);
  });

  it('the link does not work twice', async () => {
    const { facts } = await bsu('workspaces', 'add');
    const { address } = facts.link as { address: string };
    const page = await (await browser.newContext()).newPage();
    await page.goto(address);
    await page.getByRole('button', { name: 'Continue to Slack' }).click();
    await page.getByRole('button').first().click();
    await page.getByRole('heading', { name: /^Changeover is installed in / }).waitFor();
    await page.goto(address);
    await page.getByRole('heading', { name: 'This link is not good any more' }).waitFor();
  });
});

function seed(home: string) {
  return {
    slack: {
      team: { name: 'The other trust', domain: 'other-trust' },
      users: [{ name: 'e-rs-lead', real_name: 'The e-RS lead', email: 'e-rs-lead@trust.example' }],
      tokens: [{ token: 'xoxb-seeded', user: 'e-rs-lead', scopes: ['users:read'] }],
      strict_scopes: true,
      oauth_apps: [
        {
          client_id: '12345.67890',
          client_secret: 'a-client-secret',
          name: 'Changeover',
          redirect_uris: [`${home}/slack/oauth_redirect`],
        },
      ],
    },
  };
}

async function answers(address: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const status = await fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
    await wait(100);
  }
  throw new Error(`${address} does not answer.`);
}
