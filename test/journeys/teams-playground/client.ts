import type { Page } from 'playwright-core';

/** Microsoft's playground client as a person uses it. */
export interface Client {
  open(place: 'channel' | 'personal'): Promise<void>;
  /** Mentions the bot and says something, in the channel. */
  mention(text: string): Promise<void>;
  /** Writes in the personal chat. */
  write(text: string): Promise<void>;
  /** Presses a button of the newest card with this headline. */
  press(headline: string, label: string): Promise<void>;
  /** Waits until this can be read. */
  sees(text: string): Promise<boolean>;
  /** How often this can be read now. */
  count(text: string): Promise<number>;
}

const PLACES = { channel: 'Migration team - PAS migration', personal: 'Personal Chat' };
const WITHIN = 30_000;

export function clientOf(page: Page): Client {
  const editor = () => page.locator('[contenteditable=true][data-lexical-editor=true]').first();
  return {
    async open(place) {
      await page.getByRole('treeitem', { name: PLACES[place] }).click();
      await editor().waitFor();
    },
    async mention(text) {
      await editor().click();
      await page.keyboard.type('@Chan');
      await page
        .locator('li,[role=option],[role=menuitem]')
        .filter({ hasText: /^\s*Changeover\s*$/ })
        .last()
        .click();
      await page.keyboard.type(` ${text}`);
      await page.getByRole('button', { name: 'Post' }).first().click();
    },
    async write(text) {
      await editor().click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    async press(headline, label) {
      const card = page.locator('.ac-adaptiveCard').filter({ hasText: headline }).first();
      await card.getByRole('button', { name: label, exact: true }).click();
    },
    async sees(text) {
      const words = page.getByText(text).first();
      return words.waitFor({ state: 'visible', timeout: WITHIN }).then(
        () => true,
        () => false,
      );
    },
    count: (text) => page.getByText(text).count(),
  };
}
