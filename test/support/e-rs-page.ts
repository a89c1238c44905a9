import type { Page } from 'playwright-core';

/** The rehearsal's e-RS screen as a service definer uses it. */
export interface ErsPage {
  readonly page: Page;
  logIn(): Promise<void>;
  fillContactDetails(): Promise<void>;
  /** Steps 2 and 3: the filter, and these services ticked. Gives how many the screen counts. */
  tick(serviceIds: readonly string[]): Promise<number>;
  /** Steps 4 and 5. */
  choose(asid: string): Promise<void>;
  /** Step 7. */
  update(): Promise<void>;
}

export function ersPage(page: Page, address: string): ErsPage {
  const open = (path: string) => page.goto(new URL(path, address).toString());
  return {
    page,
    async logIn() {
      await page.goto(address);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('heading', { name: 'Bulk Service Updates' }).waitFor();
    },
    async fillContactDetails() {
      await open('/ers/contact-details');
      await page.locator('button[value="fill-all"]').click();
      await page.locator('button[value="fill-all"]').waitFor({ state: 'hidden' });
    },
    async tick(serviceIds) {
      await open('/ers/bulk');
      await page.getByRole('radio', { name: 'Yes' }).check();
      await page.getByRole('button', { name: 'Search' }).click();
      const shut = page.locator('.app-services:not([open]) summary:visible');
      while ((await shut.count()) > 0) await shut.first().click();
      for (const id of serviceIds) await page.locator(`#service-${id}`).check();
      return Number(await page.locator('#selected').innerText());
    },
    async choose(asid) {
      await page.locator('#enable').check();
      await page.locator('#asid').selectOption(asid);
    },
    async update() {
      await page.locator('#update').click();
      await page.getByRole('heading', { name: 'Bulk Service Updates', exact: true }).waitFor({ state: 'hidden' });
    },
  };
}
