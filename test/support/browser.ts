import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const PLACES = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where chromium is on this machine; null where there is none. */
export const CHROMIUM: string | null = PLACES.find((place) => place !== '' && existsSync(place)) ?? null;

/** Why journeys are skipped, for their names. */
export const NEEDS_CHROMIUM = CHROMIUM === null ? ' (skipped: no chromium here; set CHROMIUM to its path)' : '';

export async function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('There is no chromium on this machine.');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--lang=en-GB'],
  });
}

/** A context that remembers what should never happen: scripts that fail, and requests to anywhere but these origins. */
export async function watchedContext(
  browser: Browser,
  origins: readonly string[],
  given: { width?: number; height?: number; javaScriptEnabled?: boolean } = {},
): Promise<{ context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: given.width ?? 1280, height: given.height ?? 900 },
    javaScriptEnabled: given.javaScriptEnabled ?? true,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  context.setDefaultTimeout(90_000);
  const faults: string[] = [];
  context.on('weberror', (error) => faults.push(`a script failed: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`the console says: ${message.text()}`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && !origins.includes(url.origin)) faults.push(`asked elsewhere: ${url.origin}`);
  });
  return { context, faults };
}

/** Keeps a picture for the documents when PICTURES is set: `PICTURES=1 npm run e2e`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return;
  await page.mouse.move(0, 0);
  await page.evaluate('document.activeElement?.blur(); document.getElementById("side")?.scrollTo(0, 0)');
  await page.screenshot({ path: new URL(`../../docs/pictures/${name}.png`, import.meta.url).pathname });
}
