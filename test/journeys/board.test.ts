import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { openBoardOffice } from '../support/board-office.ts';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, picture, watchedContext } from '../support/browser.ts';
import { eachDatabase } from '../support/database.ts';
import { submitted } from '../support/plan-office.ts';
import { approved, go } from '../support/run-office.ts';

/** Often enough that nobody waits; in service it is once a second. */
const every = (look: () => void) => {
  const timer = setInterval(look, 50);
  return () => clearInterval(timer);
};

describe.skipIf(CHROMIUM === null)(`the board in a browser${NEEDS_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  eachDatabase('the board', (database) => {
    let here: Awaited<ReturnType<typeof openBoardOffice>>;
    afterEach(() => here.close());

    const open = async (
      desk: 'observer' | 'approver',
      size: { width?: number; height?: number; javaScriptEnabled?: boolean } = {},
    ) => {
      const { context, faults } = await watchedContext(browser, [here.url], size);
      const page = await context.newPage();
      await page.goto(await here.linkOf(desk, 'board'));
      await page.getByRole('button', { name: `Open as The ${desk}` }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      return { page, faults };
    };

    it('follows a vote without being loaded again; axe finds nothing, at a desk and on a telephone', async () => {
      here = await openBoardOffice(database, every);
      const code = await submitted(here.office);
      const { page, faults } = await open('observer');
      await page.getByText('Live. Last change seen').waitFor();
      const marked = await part(page, 'checklist').evaluate((section) => section.setAttribute('data-kept', 'yes'));
      expect(marked).toBeUndefined();
      await here.office.as('approver').done(`approve ${code}`);
      await part(page, 'plan-1').getByText('needs 2 more approvals').waitFor();
      // What did not change was not drawn again.
      expect(await part(page, 'checklist').getAttribute('data-kept')).toBe('yes');
      expect(await axeFindings(page)).toEqual([]);
      const telephone = await open('approver', { width: 390, height: 844 });
      expect(await axeFindings(telephone.page)).toEqual([]);
      expect(await sideways(telephone.page)).toBe(0);
      expect([...faults, ...telephone.faults]).toEqual([]);
    });

    it('tells the night: the run first, the window in the week, what waits for whom', async () => {
      here = await openBoardOffice(database, every);
      await approved(here.office);
      await go(here.office);
      await here.office.as('service-definer').done('run');
      const { page, faults } = await open('observer', { height: 1500 });
      const titles = await page.locator('#board h2').allTextContents();
      expect(titles.slice(0, 2)).toEqual(['Now', 'The run']);
      await page.getByText('Live. Last change seen').waitFor();
      await picture(page, 'board');
      await part(page, 'run').getByRole('button', { name: 'Pause' }).click();
      await page.getByText('paused').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const telephone = await open('approver', { width: 390, height: 844 });
      await picture(telephone.page, 'board-narrow');
      expect(await sideways(telephone.page)).toBe(0);
      expect(faults).toEqual([]);
    });

    it('can be read and pressed without a script', async () => {
      here = await openBoardOffice(database, every);
      await submitted(here.office);
      const { page } = await open('approver', { javaScriptEnabled: false });
      await page.getByText('As it was at').waitFor();
      await part(page, 'plan-1').getByRole('button', { name: 'Approve' }).click();
      await part(page, 'plan-1').getByText('needs 2 more approvals').waitFor();
    });
  });
});

function part(page: Page, key: string) {
  return page.locator(`#${key}`);
}

/** By how many pixels the page is wider than its window. */
function sideways(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
