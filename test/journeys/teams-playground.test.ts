import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, NEEDS_CHROMIUM } from '../support/browser.ts';
import { PLAYGROUND } from './teams-playground/playground.ts';

const run = promisify(execFile);
/** A network of its own, with nothing outside: the playground listens everywhere and would call home. */
const ALONE = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c'];
const LOOPBACK = 'ip link set lo up';
const canBeAlone = spawnSync('unshare', [...ALONE, LOOPBACK]).status === 0;
const why = CHROMIUM === null ? NEEDS_CHROMIUM : canBeAlone ? '' : ' (skipped: no network namespaces here)';

describe.skipIf(why !== '')(`the story in Microsoft's own playground client${why}`, () => {
  let folder = '';
  let fetched = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'changeover-playground-'));
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    fetched = await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', PLAYGROUND], {
      cwd: folder,
    }).then(
      () => '',
      (error: unknown) => `${PLAYGROUND} could not be fetched: ${String(error).split('\n')[0]}`,
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('mention, personal chat, Approve, cards edited in place, a vote from Slack, the refusal at 10am, the run, completed; each request proven', async (context) => {
    if (fetched !== '') return context.skip(fetched);
    const story = fileURLToPath(new URL('teams-playground/story.ts', import.meta.url));
    const line = `${LOOPBACK} && exec "$0" "$@"`;
    const { stdout } = await run('unshare', [...ALONE, line, process.execPath, story, folder]);
    const told = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as {
      readonly broken: readonly string[];
      readonly passed: readonly { readonly type: string; readonly status: number }[];
    };
    expect(told.broken).toEqual([]);
    expect(told.passed.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(told.passed.map(({ type }) => type))).toContain('invoke');
  });
});
