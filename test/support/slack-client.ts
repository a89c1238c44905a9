import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { ChatPage } from './chat-page.ts';

export interface SlackClientPage extends ChatPage {
  /** Opens Changeover's home tab as whoever acts now; gives its words. */
  home(): Promise<string>;
  /** Back to the channel. */
  channel(): Promise<void>;
  /** How many replies stand in the thread of the newest message with these words. */
  replies(words: string | RegExp): Promise<number>;
}

export interface SlackClientPlaces {
  readonly client: string;
  readonly service: string;
  /** Where the sample files are. */
  readonly world: string;
}

/**
 * A Slack-like client that others wrote (local-slack), used as a person does: types, presses, fills in modals, drops files.
 * An answer to a person is a message that only they see, or a modal: that is waited for, never a time. It asks nothing before a
 * button that wants a confirmation, and draws no file inputs.
 */
export function slackClientPage(page: Page, places: SlackClientPlaces): SlackClientPage {
  const messages = page.locator('.messages > .msg');
  const answers = messages.filter({ has: page.locator('.badge-eph') });
  const modal = page.locator('.modal');
  const who = page.locator('.actas select');

  /** Does it, and waits for a new private answer or for another modal. */
  const answered = async (doing: () => Promise<unknown>): Promise<void> => {
    const before = await answers.count();
    const view = await modalWords(modal);
    await doing();
    await Promise.any([
      answers.nth(before).waitFor(),
      page.waitForFunction(`(document.querySelector('.modal')?.textContent ?? '') !== ${JSON.stringify(view)}`),
    ]);
    await late(answers, before);
  };
  const send = async (line: string) => {
    await page.locator('textarea.composer-input').fill(line);
    await page.locator('.composer-send').click();
  };
  /** What modals said before they were closed: an answer to a form stands in its modal alone. */
  const said: string[] = [];
  const closeModal = async () => {
    while (await modal.isVisible()) {
      said.push(await modal.locator('.modal-body').innerText());
      await modal.locator('.modal-x').click();
      await page.waitForTimeout(100);
    }
  };
  const chat: SlackClientPage = {
    page,
    service: places.service,
    async open() {
      await page.goto(places.client);
      await page.locator('.status.ok').waitFor();
    },
    async as(userId) {
      await who.selectOption(`U${userId.replaceAll('-', '').toUpperCase()}`);
      await page.getByPlaceholder(`as ${userId} `).waitFor();
    },
    async type(line) {
      await answered(() => send(line));
      return (await answers.last().locator('.bk-header').first().innerText()).trim();
    },
    async ask(line) {
      await send(line);
      await modal.waitFor();
    },
    async press(words) {
      await answered(() => page.locator('.bk-button', { hasText: words }).last().click());
      // What is answered inside a modal is read and closed.
      if ((await modal.isVisible()) && !(await modal.locator('.modal-btn.primary').isVisible())) await closeModal();
    },
    async fill(fields) {
      const names = await fieldNames(places.client);
      for (const [name, value] of Object.entries(fields)) {
        await enter(modal.locator('.bk-input').nth(names.indexOf(name)), value);
      }
      await modal.locator('.modal-btn.primary').click();
      await modal.locator('.modal-btn.primary').waitFor({ state: 'detached' });
      await closeModal();
    },
    confirm: (words) => chat.press(words),
    async sample(name, fields) {
      const folder = await mkdtemp(join(tmpdir(), 'changeover-slack-client-'));
      try {
        const file = join(folder, name);
        await writeFile(file, Buffer.from(await (await fetch(`${places.world}/samples/${name}`)).arrayBuffer()));
        await page.locator('.composer input[type=file]').setInputFiles(file);
        await answered(() => page.locator('.composer-send').click());
        await answers.last().getByText(`You shared ${name}`).waitFor();
        await answered(() => answers.last().getByRole('button', { name: 'Import it' }).click());
        if (fields) await chat.fill(fields);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    async moveClock(local) {
      const to = Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/London').toInstant().toString();
      const response = await fetch(`${places.service}/rehearsal/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to }),
      });
      if (!response.ok) throw new Error(`The clock was not moved: ${response.status}.`);
    },
    tonight: (date) => chat.moveClock(`${date}T20:05`),
    async sees(words) {
      const told = said.some((text) => (typeof words === 'string' ? text.includes(words) : words.test(text)));
      if (!told) await page.locator('.msg', { hasText: words }).last().waitFor();
    },
    async home() {
      await page.locator('.sidebar-item', { hasText: 'changeover' }).first().click();
      await page.locator('.home .bk-header').first().waitFor();
      return page.locator('.home').innerText();
    },
    async channel() {
      await page.locator('.sidebar-item', { hasText: 'pas-migration' }).click();
      await page.locator('textarea.composer-input').waitFor();
    },
    async replies(words) {
      const text = await page.locator('.msg', { hasText: words }).last().innerText();
      return Number(/(\d+) repl(?:y|ies)/.exec(text)?.[1] ?? 0);
    },
  };
  return chat;
}

async function modalWords(modal: Locator): Promise<string> {
  return (await modal.isVisible()) ? ((await modal.textContent()) ?? '') : '';
}

/** "Working on it" is no answer yet. */
async function late(answers: Locator, before: number): Promise<void> {
  const first = answers.nth(before);
  if (!(await first.isVisible())) return;
  if ((await first.innerText()).includes('Working on it')) await answers.nth(before + 1).waitFor();
}

/** The names of the open modal's fields, in the order in which they stand: the client says its state to whoever connects. */
async function fieldNames(client: string): Promise<readonly string[]> {
  const socket = new WebSocket(`${client.replace('http', 'ws')}/ui`);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  socket.addEventListener('message', ({ data }) => resolve(String(data)), { once: true });
  socket.addEventListener('error', () => reject(new Error('The client does not say its state.')), { once: true });
  const { state } = JSON.parse(await promise) as {
    state: { modalStack: { blocks: { type: string; block_id: string }[] }[] };
  };
  socket.close();
  const blocks = state.modalStack.at(-1)?.blocks ?? [];
  return blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id.replace(/^field:/, ''));
}

async function enter(input: Locator, value: string): Promise<void> {
  const select = input.locator('select');
  if ((await select.count()) > 0) await select.selectOption({ label: value });
  else await input.locator('input, textarea').first().fill(value);
}
