import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, picture, watchedContext } from '../support/browser.ts';
import { type ChatPage, chatPage } from '../support/chat-page.ts';
import { type ErsPage, ersPage } from '../support/e-rs-page.ts';
import { type Rehearsal, startRehearsal } from '../support/rehearsal.ts';
import { storyByHand } from '../support/story-by-hand.ts';
import { storyDays } from '../support/story-days.ts';

/** The main job, played by hand: every chapter on the screens that a person would use. The chapters build on each other. */
describe.skipIf(CHROMIUM === null)(`the main job by hand${NEEDS_CHROMIUM}`, () => {
  let rehearsal: Rehearsal;
  let browser: Browser;
  let chat: ChatPage;
  let ers: ErsPage;
  let faults: string[];
  const days = storyDays();

  beforeAll(async () => {
    [rehearsal, browser] = await Promise.all([startRehearsal(24), openBrowser()]);
    const origins = [rehearsal.chat, rehearsal.ers].map((address) => new URL(address).origin);
    const watched = await watchedContext(browser, origins);
    faults = watched.faults;
    chat = chatPage(await watched.context.newPage(), rehearsal.chat);
    ers = ersPage(await watched.context.newPage(), rehearsal.ers);
    await chat.open();
  });
  afterEach(async ({ task }) => {
    if (process.env.DEBUG_PICTURE && task.result?.state === 'fail') {
      await chat.page.screenshot({ path: `${process.env.DEBUG_PICTURE}-chat.png` });
      await ers.page.screenshot({ path: `${process.env.DEBUG_PICTURE}-ers.png` });
    }
  });
  afterAll(async () => {
    await browser?.close();
    await rehearsal?.stop();
  });

  storyByHand(() => ({
    chat,
    ers,
    inbox: rehearsal.inbox,
    days,
    picture: (name) => picture(name === 'inbox' ? ers.page : chat.page, name),
  }));

  it('asks no other address, and no script fails', () => expect(faults).toEqual([]));
});
