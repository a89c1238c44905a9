import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, picture, watchedContext } from '../support/browser.ts';
import { chatPage } from '../support/chat-page.ts';
import { type Rehearsal, startRehearsal } from '../support/rehearsal.ts';

describe.skipIf(CHROMIUM === null)(`the first view of the rehearsal${NEEDS_CHROMIUM}`, () => {
  let rehearsal: Rehearsal;
  let browser: Browser;
  beforeAll(async () => {
    [rehearsal, browser] = await Promise.all([startRehearsal(24), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await rehearsal?.stop();
  });

  const open = async (size?: { width: number; height: number }) => {
    const { context, faults } = await watchedContext(browser, [new URL(rehearsal.chat).origin], size);
    const chat = chatPage(await context.newPage(), rehearsal.chat);
    await chat.open();
    return { chat, page: chat.page, faults };
  };

  it('says in five lines what to do first, and asks no other host for anything', async () => {
    const { page, faults } = await open();
    await page.getByText('What to do first').waitFor();
    expect(await page.locator('#start li').count()).toBe(5);
    await page.getByRole('button', { name: 'Import this: ebsx05-24.csv' }).waitFor();
    expect(await page.getByRole('link', { name: 'e-RS (opens in a new tab)' }).getAttribute('href')).toBe(
      rehearsal.ers,
    );
    await picture(page, 'first-view');
    expect(faults).toEqual([]);
  });

  it('imports the sample: the missing month end is asked for, what is wrong is said in place, nothing typed is lost', async () => {
    const { page, chat, faults } = await open();
    await page.getByRole('button', { name: 'Import this: ebsx05-24.csv' }).click();
    const taken = page.locator('#field-taken');
    await taken.fill('2031-01-31');
    await page.locator('#dialog').getByRole('button', { name: 'Continue' }).click();
    await page.locator('#dialog .nhsuk-error-summary').waitFor();
    expect(await taken.inputValue()).toBe('2031-01-31');
    await chat.fill({ taken: lastMonthEnd() });
    await chat.sees('Imported as snapshot 1');
    expect(faults).toEqual([]);
  });

  it('keeps private answers private, shows them again after a reload, and can be used by keyboard alone', async () => {
    const { page, chat, faults } = await open();
    await page.locator('#text').focus();
    await page.keyboard.type('/bsu peo');
    await page.getByRole('option', { name: '/bsu people' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator('#text').inputValue()).toBe('/bsu people ');
    await page.keyboard.press('Enter');
    await chat.sees('A clinical safety officer');
    expect(await page.locator('.message', { hasText: 'Only you can see this' }).count()).toBeGreaterThan(1);
    await page.reload();
    await chat.sees('A clinical safety officer');
    await chat.as('tester');
    expect(await page.locator('.message', { hasText: '/bsu people' }).count()).toBe(0);
    await chat.as('e-rs-lead');
    await chat.ask('/bsu grant');
    await page.keyboard.press('Escape');
    await page.locator('#dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
    expect(faults).toEqual([]);
  });

  it('loses nothing that comes while all messages are being loaded', async () => {
    const { page, chat } = await open();
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    await page.route('**/rehearsal/messages*', async (route) => {
      const before = await route.fetch();
      asked.resolve();
      await goOn.promise;
      await route.fulfill({ response: before });
    });
    // Chosen once more, as when the connection was lost and came back: everything is loaded anew.
    await page.locator('#who').selectOption('tester');
    await asked.promise;
    await chat.type('/bsu help retry');
    await chat.sees('/bsu help retry');
    goOn.resolve();
    await page.locator('body[data-as="tester"]').waitFor();
    expect(await page.locator('.message', { hasText: '/bsu help retry' }).count()).toBeGreaterThan(0);
  });

  it('never shows one person what only another may see, however late it comes', async () => {
    const { page, chat } = await open();
    await chat.type('/bsu help plan');
    await chat.as('tester');
    const late = Promise.withResolvers<void>();
    await page.route(/\/rehearsal\/messages\?.*planner/, async (route) => {
      await late.promise;
      await route.continue();
    });
    const asked = page.waitForRequest(/\/rehearsal\/messages\?.*planner/);
    await page.locator('#who').selectOption('planner');
    await asked;
    const answered = page.waitForResponse(/\/rehearsal\/messages\?.*planner/);
    await page.locator('#who').selectOption('tester');
    late.resolve();
    await (await answered).finished();
    await page.locator('body[data-as="tester"]').waitFor();
    expect(await page.getByText('/bsu help plan', { exact: true }).count()).toBe(0);
  });

  it('fits a telephone of 390 points width', async () => {
    const { page, chat, faults } = await open({ width: 390, height: 844 });
    await chat.type('/bsu help');
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
    await page.getByRole('button', { name: 'Clock, files and screens' }).click();
    await page.getByRole('button', { name: 'Tonight 8:05pm' }).waitFor();
    expect(await page.evaluate(overflow)).toBe(0);
    await picture(page, 'narrow');
    expect(faults).toEqual([]);
  });

  it('moves the clock forwards only', async () => {
    const { page, faults } = await open();
    await page.getByRole('button', { name: 'Tonight 8:05pm' }).click();
    await page.locator('#clock-words', { hasText: '8:05pm' }).waitFor();
    await page.locator('#move-to').fill('2020-01-01T10:00');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('The clock goes forwards only, and').waitFor();
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});

function lastMonthEnd(): string {
  return Temporal.Now.plainDateISO('Europe/London').with({ day: 1 }).subtract({ days: 1 }).toString();
}
