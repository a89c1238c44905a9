import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, watchedContext } from '../support/browser.ts';
import { chatPage } from '../support/chat-page.ts';
import { type Rehearsal, startRehearsal } from '../support/rehearsal.ts';
import { completed } from './after-go-live/completing.ts';
import { daysAfter } from './after-go-live/days-after.ts';
import { pollsAndTesters } from './after-go-live/polls.ts';
import { reconciledTheSameNight } from './after-go-live/reconcile.ts';
import { recordAndPack } from './after-go-live/record.ts';
import type { Scene } from './after-go-live/scene.ts';
import { testsWithFaults } from './after-go-live/tests.ts';
import { untilVerifying } from './after-go-live/until-verifying.ts';

/** The night after the run and the days that follow, by hand: each chapter builds on the one before. */
describe.skipIf(CHROMIUM === null)(`after go-live by hand${NEEDS_CHROMIUM}`, () => {
  let rehearsal: Rehearsal;
  let browser: Browser;
  let context: BrowserContext;
  let faults: string[];
  let scene: Scene;

  beforeAll(async () => {
    [rehearsal, browser] = await Promise.all([startRehearsal(24), openBrowser()]);
    const after = await untilVerifying(rehearsal, 24);
    expect(after.broken).toEqual([]);
    const outside = new URL(rehearsal.ers).origin;
    ({ context, faults } = await watchedContext(browser, [rehearsal.service, outside]));
    const chat = chatPage(await context.newPage(), rehearsal.chat);
    await chat.open();
    const roles = await Promise.all(['service-definer', 'referrer'].map((role) => inErs(browser, outside, role)));
    const [definer, beside] = roles;
    if (!definer || !beside) throw new Error('Nobody is logged in to e-RS.');
    scene = { ...after, chat, definer, beside, outside, service: rehearsal.service, page };
  });
  afterAll(async () => {
    if (process.env.LOOK && scene) await scene.chat.page.screenshot({ path: `${process.env.LOOK}/last-chat.png` });
    await browser?.close();
    await rehearsal?.stop();
  });

  pollsAndTesters(() => scene);
  testsWithFaults(() => scene);
  reconciledTheSameNight(() => scene);
  completed(() => scene);
  daysAfter(() => scene);
  recordAndPack(() => ({ ...scene, browser }));

  it('asks no other address, and no script fails', () => expect(faults).toEqual([]));

  /** Its own context: one browser is one person. */
  async function page(as: string, line: string) {
    const { context: own } = await watchedContext(browser, [rehearsal.service]);
    const opened = await own.newPage();
    await opened.goto(await linkOf(rehearsal.service, as, line));
    await opened.getByRole('button', { name: /^Open as / }).click();
    await opened.getByRole('heading', { level: 1 }).waitFor();
    return opened;
  }
});

async function inErs(browser: Browser, outside: string, role: string) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(`${outside}/ers/log-in`);
  await page.locator(`[name="role"][value="${role}"]`).check();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** The first link of a private answer on the chat page. */
async function linkOf(service: string, as: string, text: string): Promise<string> {
  const answer = await fetch(`${service}/rehearsal/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as, text }),
  });
  const link = /"Action\.OpenUrl","title":"[^"]*","url":"([^"]+)"/.exec(await answer.text())?.[1];
  if (link === undefined) throw new Error(`"${text}" gave ${as} no link.`);
  return link;
}
