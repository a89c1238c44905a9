import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, picture } from '../support/browser.ts';
import { eachDatabase } from '../support/database.ts';
import { go, openReadyOffice } from '../support/run-office.ts';

let browser: Browser | undefined;
const folder = mkdtempSync(join(tmpdir(), 'changeover-pack-'));
beforeAll(async () => {
  if (CHROMIUM !== null) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Cells whose words begin at the very edge of a frame that scrolls. */
const CUT = `[...document.querySelectorAll('.wide')].flatMap((frame) =>
  [...frame.querySelectorAll('th:first-child, td:first-child')]
    .filter((cell) => cell.getBoundingClientRect().left < frame.getBoundingClientRect().left + 3)
    .map((cell) => cell.textContent))`;
const TOO_WIDE = `[...document.querySelectorAll('table')]
  .filter((table) => table.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map((table) => table.textContent.slice(0, 40))`;

eachDatabase(`27: the evidence pack in a browser${NEEDS_CHROMIUM}`, (database) => {
  it.skipIf(CHROMIUM === null)(
    'is read from a file without a network, at any width, and axe finds nothing',
    async () => {
      const office = await openReadyOffice(database);
      await go(office);
      await office.as('service-definer').done('run');
      await office.as('e-rs-lead').done('abort "the supplier asked"');
      const outcome = await office.as('observer').type('pack');
      if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
      const file = join(folder, 'pack.html');
      writeFileSync(file, outcome.answer.files?.[0]?.text ?? '');
      for (const [name, width] of [
        ['evidence-pack', 1280],
        ['evidence-pack-phone', 390],
      ] as const) {
        const page = await (
          await browser?.newContext({ viewport: { width, height: 900 }, offline: true, bypassCSP: true })
        )?.newPage();
        if (!page) throw new Error('There is no browser.');
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(pathToFileURL(file).toString());
        expect(asked).toEqual([pathToFileURL(file).toString()]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name).toBe(true);
        expect(await axeFindings(page), name).toEqual([]);
        await picture(page, name);
        if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png`, fullPage: true });
        expect(await page.evaluate(CUT), name).toEqual([]);
        // A4 without its margins: nothing is cut off at the right.
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize({ width: 718, height: 1000 });
        expect(await page.evaluate(TOO_WIDE), name).toEqual([]);
        if (process.env.LOOK)
          await page.screenshot({ path: `${process.env.LOOK}/${name}-printed.png`, fullPage: true });
        if (process.env.LOOK) await page.pdf({ path: `${process.env.LOOK}/${name}.pdf`, format: 'A4' });
        await page.close();
      }
    },
  );
});
