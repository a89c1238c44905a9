import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { planPages } from '../../src/surfaces/web/plan-pages.ts';
import { axeFindings } from '../support/axe.ts';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, picture, watchedContext } from '../support/browser.ts';
import { eachDatabase } from '../support/database.ts';
import { openPageOffice, type PageOffice } from '../support/page-office.ts';
import { submitted } from '../support/plan-office.ts';

describe.skipIf(CHROMIUM === null)(`the pages of a person in a browser${NEEDS_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  eachDatabase('a plan', (database) => {
    let here: PageOffice;
    afterEach(() => here.close());

    const open = async (javaScriptEnabled = true) => {
      here = await openPageOffice(database, planPages);
      await submitted(here.office);
      const { context, faults } = await watchedContext(browser, [here.url], { javaScriptEnabled });
      return { page: await context.newPage(), faults };
    };

    it('is opened by its link, read, approved, and left; axe finds nothing on the way', async () => {
      const { page, faults } = await open();
      await page.goto(await here.linkOf('approver', 'show 1'));
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Open as The approver' }).click();
      await page.getByRole('heading', { name: 'Plan 1', exact: true }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/pages/1/plans/1');
      expect(await page.getByRole('cell', { name: '7000012', exact: true }).isVisible()).toBe(true);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('✔ approver').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Reject…' }).first().click();
      await page.getByLabel('Why').fill('no');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('There is a problem').or(page.getByText('Error:')).first().waitFor();
      expect(await page.getByLabel('Why').inputValue()).toBe('no');
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Leave' }).click();
      await page.getByRole('heading', { name: 'You have left' }).waitFor();
      await page.goto(`${here.url}/pages/1/plans/1`);
      await page.getByRole('heading', { name: 'Open this page from chat' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      // The page of somebody without a session is answered with 401, which the console notes.
      expect(faults.filter((fault) => !/401|422/.test(fault))).toEqual([]);
    });

    it('does all of it without a script', async () => {
      const { page } = await open(false);
      await page.goto(await here.linkOf('approver', 'show 1'));
      await page.getByRole('button', { name: 'Open as The approver' }).click();
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('✔ approver').first().waitFor();
      expect(await here.office.connection.db.selectFrom('vote').select('id').execute()).toHaveLength(1);
    });

    it('6: prints the tick sheet: boxes, no buttons; axe finds nothing, on a telephone too', async () => {
      const { page, faults } = await open();
      await here.office.as('service-definer').done('screen XR102 3');
      await page.goto(await here.linkOf('service-definer', 'ticks'));
      await page.getByRole('button', { name: 'Open as The service-definer' }).click();
      await page.getByRole('heading', { name: /^Tick sheet of plan 1/ }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await picture(page, 'tick-sheet');
      expect(await page.locator('.co-box').count()).toBe(6);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await page.locator('.co-box').first().isVisible()).toBe(true);
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await axeFindings(page)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('3: sets two plans side by side; axe finds nothing', async () => {
      const { page, faults } = await open();
      await here.office.as('planner').done('withdraw plan=1 another one is made');
      await here.office.as('planner').done('plan site=XR101 --save');
      await page.goto(await here.linkOf('observer', 'compare plan=1 with=2'));
      await page.getByRole('button', { name: 'Open as The observer' }).click();
      await page.getByRole('heading', { name: 'Plan 1 and plan 2' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('shows a difference and saves exactly it', async () => {
      const { page, faults } = await open();
      await here.office.as('planner').done('withdraw plan=1 another one is made');
      await page.goto(await here.linkOf('planner', 'plan site=XR102'));
      await page.getByRole('button', { name: 'Open as The planner' }).click();
      await page.getByRole('heading', { name: 'A new plan, not saved yet' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: /^Plan 2 · / }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('link', { name: 'See all 3 as a page' }).click();
      await page.getByRole('heading', { name: 'Plan 2', exact: true }).waitFor();
      expect(faults).toEqual([]);
    });
  });
});
