import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;

it('23: a service whose key cannot sign does not start, and says what to do', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'changeover-key-'));
  try {
    const service = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env.PATH,
        CHANGEOVER_DATA: folder,
        PORT: '0',
        PUBLIC_URL: 'https://changeover.trust.example',
        SMTP_URL: 'smtp://127.0.0.1:9',
        MAIL_FROM: 'notices@trust.example',
        ADMIN_EMAIL: 'administrator@trust.example',
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_SIGNING_SECRET: 'secret',
        DKIM_DOMAIN: 'trust.example',
        DKIM_SELECTOR: 's1',
        DKIM_KEY_FILE: join(folder, 'not-there.pem'),
        LOG_LEVEL: 'silent',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = new Promise((resolve) => service.once('exit', resolve));
    expect(await text(service.stderr)).toContain(`DKIM_KEY_FILE: ${join(folder, 'not-there.pem')} cannot be read`);
    expect(await ended).toBe(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
