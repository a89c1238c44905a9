import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings } from './axe.ts';
import { watchedContext } from './browser.ts';
import { type ChatPage, chatPage } from './chat-page.ts';
import { type ErsPage, ersPage } from './e-rs-page.ts';
import { type ReadyNight, readyNight, type Taken } from './ready-night.ts';

/** A night on its screens: the chat, e-RS beside it, and pages that people open each in a browser of their own. */
export interface NightScene extends ReadyNight {
  readonly chat: ChatPage;
  readonly ers: ErsPage;
  /** What no script and no request may do. */
  readonly faults: readonly string[];
  /** Opens the page behind the newest button of the chat with these words, as whoever the chat is now. */
  opens(words: string, how?: PageHow): Promise<OwnPage>;
  /** Opens a personal link in a browser of its own. */
  follows(link: string, how?: PageHow): Promise<OwnPage>;
  /** The witness: every service of the plan was changed once to the new system, none twice, none lost. */
  holds(changes: number): Promise<void>;
  /** How many of these services e-RS now shows on this system. */
  on(asid: string): Promise<number>;
  stop(): Promise<void>;
}

/** `live`: it loads again by itself where something changed; otherwise only when it is asked to. */
interface PageHow {
  readonly live: boolean;
}

/** One person's page in a browser of its own. */
export interface OwnPage {
  readonly page: Page;
  press(words: string): Promise<void>;
  /** A button behind a line that opens: opened, then pressed. */
  confirm(words: string, yes: string): Promise<void>;
  count(site: string, counted: number): Promise<void>;
  loads(): Promise<void>;
  sees(words: string | RegExp): Promise<void>;
  /** axe finds nothing, nothing sticks out: at 1280 pixels and at 390. */
  isSound(name: string): Promise<void>;
}

export async function nightScene(browser: Browser, taken: Taken): Promise<NightScene> {
  const ready = await readyNight(taken);
  const origins = [ready.rehearsal.chat, ready.rehearsal.ers].map((address) => new URL(address).origin);
  const { context, faults } = await watchedContext(browser, origins);
  const chat = chatPage(await context.newPage(), ready.rehearsal.chat);
  const ers = ersPage(await context.newPage(), ready.rehearsal.ers);
  await chat.open();
  const follows = async (link: string, how: PageHow = { live: false }): Promise<OwnPage> => {
    const own = await watchedContext(browser, origins);
    // A page that loads by itself while it is looked at by axe would be looked at twice: it has a test of its own.
    if (!how.live)
      await own.context.route('**/assets/follow.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: '' }),
      );
    const page = await own.context.newPage();
    await page.goto(link);
    await page.getByRole('button', { name: /^Open as / }).click();
    await page.getByRole('button', { name: 'Leave' }).waitFor();
    return ownPage(page);
  };
  return {
    ...ready,
    chat,
    ers,
    faults,
    follows,
    async opens(words, how) {
      const popup = context.waitForEvent('page');
      await chat.page.locator('.card button', { hasText: words }).last().click();
      const opened = await popup;
      await opened.waitForURL(/\/open\//);
      const link = opened.url();
      await opened.close();
      return follows(link, how);
    },
    async on(asid) {
      const services: unknown = await ready.world.get(`/_world/services?asid=${asid}`);
      const all = services as readonly { serviceId: string; directlyBookable: boolean }[];
      return all.filter((one) => one.directlyBookable).length;
    },
    async holds(changes) {
      const counters = await ready.world.get('/_world/counters');
      expect(counters).toMatchObject({ appliedTwice: 0, changedToTheSame: 0, appliedTotal: changes });
    },
    async stop() {
      await ready.rehearsal.stop();
    },
  };
}

function ownPage(page: Page): OwnPage {
  const loaded = async (doing: () => Promise<unknown>) => {
    await Promise.all([page.waitForEvent('load'), doing()]);
  };
  const button = (words: string) => page.getByRole('button', { name: words }).first();
  return {
    page,
    press: (words) => loaded(() => button(words).click()),
    async confirm(words, yes) {
      await page.locator('summary', { hasText: words }).click();
      await loaded(() => button(yes).click());
    },
    async count(site, counted) {
      await page.locator(`#count-${site}`).fill(String(counted));
      await loaded(() => page.locator(`#count-${site}`).press('Enter'));
    },
    loads: () => loaded(() => page.getByRole('link', { name: 'Load again' }).click()),
    sees: (words) => page.getByText(words).first().waitFor(),
    async isSound(name) {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: width === 1280 ? 900 : 844 });
        await shot(page, `${name}-${width}`, true);
        expect({ name, width, found: await axeFindings(page) }).toEqual({ name, width, found: [] });
        const sticksOut = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect({ name, width, sticksOut: Math.max(0, Number(sticksOut)) }).toEqual({ name, width, sticksOut: 0 });
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    },
  };
}

/** Keeps a picture to look at where SHOTS names a folder: `SHOTS=/tmp/shots npm run e2e`. */
export async function shot(page: Page, name: string, whole = false): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole });
}
