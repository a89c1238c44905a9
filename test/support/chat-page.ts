import type { Page } from 'playwright-core';

/** The chat page as somebody uses it: types, presses, fills in. Every step waits for its answer, never for a time. */
export interface ChatPage {
  readonly page: Page;
  /** Where the service answers. */
  readonly service: string;
  open(): Promise<void>;
  as(userId: string): Promise<void>;
  /** Types a line and gives the headline of the card that answers it. */
  type(line: string): Promise<string>;
  /** Types a line that opens a form. */
  ask(line: string): Promise<void>;
  /** Presses the newest button with these words. */
  press(words: string): Promise<void>;
  /** Fills in the open form and sends it; it must go through. */
  fill(fields: Readonly<Record<string, string>>): Promise<void>;
  /** Presses a button that asks once more, and says yes. */
  confirm(words: string, yes: string): Promise<void>;
  /** Imports a sample file by its button, with what its form asks for. */
  sample(name: string, fields?: Readonly<Record<string, string>>): Promise<void>;
  /** Moves the rehearsal's clock to a local time. */
  moveClock(local: string): Promise<void>;
  /** Moves it to 8:05pm of that date. */
  tonight(date: string): Promise<void>;
  /** Waits until the newest card that begins with these words also says this. */
  sees(words: string | RegExp): Promise<void>;
}

export function chatPage(page: Page, address: string): ChatPage {
  const cards = page.locator('.message > .message__main > .card');
  const dialog = page.locator('#dialog');
  const answered = async (doing: () => Promise<unknown>) => {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await Promise.all([answer, doing()]);
    await page.locator('body:not([aria-busy])').waitFor();
  };
  return {
    page,
    service: new URL(address).origin,
    async open() {
      await page.goto(address);
      await page.locator('body[data-as]').waitFor();
    },
    async as(userId) {
      await page.locator('#who').selectOption(userId);
      await page.locator(`body[data-as="${userId}"]`).waitFor();
    },
    async type(line) {
      const before = await cards.count();
      await page.locator('#text').fill(line);
      await answered(() => page.locator('#text').press('Enter'));
      await cards.nth(before).waitFor();
      return (await page.locator('.messages > .message:last-child .card').innerText()).split('\n')[0] ?? '';
    },
    async ask(line) {
      await page.locator('#text').fill(line);
      await answered(() => page.locator('#text').press('Enter'));
      await dialog.locator('form').waitFor();
    },
    async press(words) {
      await answered(() => page.locator('.card button', { hasText: words }).last().click());
    },
    async fill(fields) {
      for (const [name, value] of Object.entries(fields)) await enter(page, name, value);
      await answered(() => dialog.getByRole('button', { name: 'Continue' }).click());
      await dialog.waitFor({ state: 'hidden' });
    },
    async confirm(words, yes) {
      await page.locator('.card button', { hasText: words }).last().click();
      await answered(() => page.locator('.card button', { hasText: yes }).last().click());
    },
    async sample(name, fields) {
      await answered(() => page.getByRole('button', { name: `Import this: ${name}` }).click());
      if (fields) await this.fill(fields);
    },
    async moveClock(local) {
      await page.locator('#move-to').fill(local);
      await answered(() => page.getByRole('button', { name: 'Move', exact: true }).click());
    },
    async tonight() {
      await page.getByRole('button', { name: 'Tonight 8:05pm' }).click();
      await page.locator('#clock-words', { hasText: '8:05pm' }).waitFor();
    },
    sees: (words) => page.locator('.message', { hasText: words }).last().waitFor(),
  };
}

async function enter(page: Page, name: string, value: string): Promise<void> {
  const field = page.locator(`#dialog [name="${name}"]`);
  const kind = await field.first().evaluate((element) => element.getAttribute('type') ?? element.tagName.toLowerCase());
  if (kind === 'radio' || kind === 'checkbox') {
    for (const one of kind === 'radio' ? [value] : value.split(','))
      await page.locator(`#dialog [name="${name}"][value="${one}"]`).check();
  } else if (kind === 'select') await field.selectOption(value);
  else await field.fill(value);
}
