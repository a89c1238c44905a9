import { writeFile } from 'node:fs/promises';
import { NOTICE_KINDS } from '../../src/domain/notice.ts';
import { openBrowser } from '../support/browser.ts';
import { noticesIndex, picture, sampleInWelsh, sampleMail } from './notices.ts';
import { smallPng } from './small-png.ts';

/** `npm run notice-pictures`: draws every kind of notice in chromium into docs/pictures/, and writes docs/notice-kinds.md. */
const browser = await openBrowser();
const docs = (path: string) => new URL(`../../docs/${path}`, import.meta.url);
try {
  for (const kind of NOTICE_KINDS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await draw(sampleMail(kind).html, { colorScheme, width: 640 }, picture(kind, colorScheme));
    }
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await draw(sampleInWelsh().html, { colorScheme, width: 640 }, picture('welsh', colorScheme));
  }
  await draw(sampleMail('planned').html, { colorScheme: 'light', width: 375 }, 'pictures/notice-planned-phone.png');
  await writeFile(docs('notice-kinds.md'), noticesIndex());
} finally {
  await browser.close();
}

async function draw(html: string, how: { colorScheme: 'light' | 'dark'; width: number }, path: string): Promise<void> {
  const { colorScheme, width } = how;
  const page = await browser.newPage({ viewport: { width, height: 200 }, colorScheme, locale: 'en-GB' });
  await page.setContent(html);
  await writeFile(docs(path), smallPng(await page.screenshot({ fullPage: true })));
  await page.close();
  process.stdout.write(`${path}\n`);
}
