import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEW_ASID } from '../../src/rehearsal/sample-organisations.ts';
import { startWorld } from '../../src/rehearsal/world.ts';
import { ask, SECRET, visitor } from './visitor.ts';

describe('Starting without configuration', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'changeover-start-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('brings up the world and the service, says where they are, and stops both', async () => {
    const main = new URL('../../src/main.ts', import.meta.url).pathname;
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH, PORT: '0', CHANGEOVER_DATA: folder, WORLD_SERVICES: '12' },
    });
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.includes('Ctrl+C stops everything')) break;
    }
    const [chat = '', ers = ''] = said.match(/http:\S+/g) ?? [];
    expect((await fetch(chat)).status).toBe(200);
    expect(await (await fetch(ers)).text()).toContain('Log in to e-RS');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expect(fetch(chat)).rejects.toThrow();
    await expect(fetch(ers)).rejects.toThrow();
  });

  it('the world remembers its clock and what services are linked to from one start to the next', async () => {
    const options = { host: '127.0.0.1', port: 0, smtpPort: 0, executorSecret: SECRET, size: 12, memoryFolder: folder };
    const first = await startWorld(options);
    await ask(first, '/_world/clock', { advance: 86_400 });
    await (await visitor(first, 'service-definer')).post('/ers/services/7012001/provider-system', [['asid', NEW_ASID]]);
    await first.stop();
    const second = await startWorld(options);
    expect((await ask(second, '/_world/clock')).body.offset).toBeGreaterThanOrEqual(86_400_000);
    expect((await ask(second, '/_world/services/7012001')).body).toMatchObject({ asid: NEW_ASID, lastPoll: null });
    await second.stop();
  });
});
