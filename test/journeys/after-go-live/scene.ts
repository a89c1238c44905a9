import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ChatPage } from '../../support/chat-page.ts';
import type { AfterRun } from './until-verifying.ts';

/** Where the days after the run are played: the chat, and beside it e-RS, the PAS, the inbox and pages. */
export interface Scene extends AfterRun {
  readonly chat: ChatPage;
  /** e-RS as a service definer. */
  readonly definer: Page;
  /** e-RS as a referrer, the PAS, the inbox: whatever a tester has open beside the chat. */
  readonly beside: Page;
  /** Where the world outside answers. */
  readonly outside: string;
  readonly service: string;
  /** A page of a person, opened by the link that the chat gives them. */
  page(as: string, line: string): Promise<Page>;
}

/** Types a line as somebody and gives all words of the card that answers it. */
export async function asks(chat: ChatPage, as: string, line: string): Promise<string> {
  if ((await chat.page.locator('body').getAttribute('data-as')) !== as) await chat.as(as);
  const before = await answers(chat).count();
  await chat.type(line);
  await answers(chat).nth(before).waitFor();
  return answers(chat).last().innerText();
}

/** Waits until the newest answer that only this person sees says this. */
export async function says(chat: ChatPage, words: string | RegExp): Promise<void> {
  const wanted = typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words);
  await expect.poll(() => answers(chat).last().innerText(), { timeout: 20_000 }).toEqual(wanted);
}

function answers({ page }: ChatPage) {
  const own = page.locator('.message__private');
  return page.locator('.message', { has: own }).filter({ has: page.locator('.card') });
}

/** Keeps the page as it stands, at a desk and on a telephone, when LOOK names a folder. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.LOOK;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  if (size) await page.setViewportSize(size);
}
