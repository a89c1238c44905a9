import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { withoutSettings } from '../../support/rehearsal.ts';
import { asks, look, type Scene, says } from './scene.ts';

const run = promisify(execFile);
const LAUNCHER = new URL('../../../src/require-node.mjs', import.meta.url).pathname;
const CLI = new URL('../../../src/cli.ts', import.meta.url).pathname;

/** The hazard log, the evidence pack and the export (rule 27). */
export function recordAndPack(scene: () => Scene & { readonly browser: Browser }): void {
  const folder = mkdtempSync(join(tmpdir(), 'changeover-after-'));

  it('27: the clinical safety officer rates and signs the hazard log; whoever is not is told who does', async () => {
    const { chat } = scene();
    expect(await asks(chat, 'planner', '/bsu hazards sign')).toContain('clinical safety officer');
    const log = await asks(chat, 'clinical-safety-officer', '/bsu hazards');
    expect(log).toMatch(/Hazard log: \d+ hazards, not signed off/);
    await look(chat.page, '70-hazards');
    const rated =
      '/bsu hazards critical-without-slots likelihood=very-low severity=major note="each was polled by hand that night"';
    expect(await asks(chat, 'clinical-safety-officer', rated)).toMatch(/Noted\.[\s\S]*polled by hand that night/);
    await look(chat.page, '71-hazard');
    await chat.type('/bsu hazards');
    await chat.confirm('Sign it off', 'Sign it off');
    await says(chat, /signed off by A clinical safety officer/);
    await look(chat.page, '72-signed');
  });

  it('27: the evidence pack is read without a network, and verified on any machine without the database', async () => {
    const { chat, browser } = scene();
    await asks(chat, 'e-rs-lead', '/bsu pack');
    await look(chat.page, '73-pack');
    const file = await download(scene(), /Download evidence-plan-1-.*\.html/);
    const { stdout } = await run(process.execPath, ['--import', LAUNCHER, CLI, 'audit', 'verify', file], {
      env: withoutSettings(),
      cwd: folder,
    });
    expect(stdout).toContain('The record is whole');
    const altered = join(folder, 'altered.html');
    writeFileSync(
      altered,
      readFileSync(file, 'utf8').replaceAll('Both patients were telephoned', 'Nobody was telephoned'),
    );
    await expect(
      run(process.execPath, ['--import', LAUNCHER, CLI, 'audit', 'verify', altered], {
        env: withoutSettings(),
        cwd: folder,
      }),
    ).rejects.toMatchObject({ code: 1 });
    const page = await (await browser.newContext({ offline: true, bypassCSP: true })).newPage();
    await page.goto(pathToFileURL(file).toString());
    expect(await page.innerText('body')).toContain('PAS_RESPONDED_WITH_ERROR');
    expect(await axeFindings(page)).toEqual([]);
    await look(page, '74-pack-page');
  });

  it('27: the export holds the whole migration, and its record is whole', async () => {
    const { chat } = scene();
    await asks(chat, 'e-rs-lead', '/bsu export');
    await look(chat.page, '75-export');
    const file = await download(scene(), /Download export-migration-1\.json/);
    const { format, tables } = JSON.parse(readFileSync(file, 'utf8'));
    expect(format).toBe('changeover-export/1');
    expect(tables.asi_count.length).toBeGreaterThan(5);
    const { stdout } = await run(process.execPath, ['--import', LAUNCHER, CLI, 'audit', 'verify', file], {
      env: withoutSettings(),
      cwd: folder,
    });
    expect(stdout).toContain('The record is whole');
    expect(await asks(chat, 'approver', '/bsu audit verify')).toContain('The record is whole');
  });

  async function download({ chat }: Scene, name: RegExp): Promise<string> {
    const link = chat.page.getByRole('link', { name }).last();
    const [given] = await Promise.all([chat.page.waitForEvent('download'), link.click()]);
    const path = join(folder, given.suggestedFilename());
    await given.saveAs(path);
    return path;
  }
}
