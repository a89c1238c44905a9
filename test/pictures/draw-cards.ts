import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { cardsIndex, sheets } from './sheets.ts';
import { smallPng } from './small-png.ts';

const RENDERER = fileURLToPath(new URL('../../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url));

/** `npm run card-pictures`: draws every card in chromium into docs/pictures/cards-*.png, and writes docs/cards.md. */
const browser = await openBrowser();
try {
  for (const { name, title, cards } of sheets) {
    for (const platform of ['teams', 'slack'] as const) {
      const page = await blank(browser, platform);
      const drawn = cards.map((card) => ({ what: card.what, code: card.code, card: card[platform] }));
      await page.evaluate(`drawSheet(${JSON.stringify(title)}, ${JSON.stringify(drawn)})`);
      const path = fileURLToPath(new URL(`../../docs/pictures/cards-${platform}-${name}.png`, import.meta.url));
      await writeFile(path, smallPng(await page.screenshot({ fullPage: true })));
      await page.close();
      process.stdout.write(`${path}: ${cards.length} cards\n`);
    }
  }
  await writeFile(new URL('../../docs/cards.md', import.meta.url), cardsIndex());
} finally {
  await browser.close();
}

async function blank(browser: Browser, platform: 'teams' | 'slack'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_500, height: 200 }, locale: 'en-GB' });
  await page.setContent('<!doctype html><html lang="en"><body></body></html>');
  await page.addStyleTag({ path: beside('sheet.css') });
  if (platform === 'teams') await page.addScriptTag({ path: RENDERER });
  await page.addScriptTag({ path: beside(`draw-${platform}.js`) });
  await page.addScriptTag({ path: beside('sheet.js') });
  return page;
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
