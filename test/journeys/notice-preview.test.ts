import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noticePreviewPages } from '../../src/surfaces/web/notice-preview-page.ts';
import { axeFindings } from '../support/axe.ts';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, picture, watchedContext } from '../support/browser.ts';
import { eachDatabase } from '../support/database.ts';
import { WORDING } from '../support/notice-facts.ts';
import { commissioner, practice } from '../support/notices-office.ts';
import { openPageOffice, type PageOffice } from '../support/page-office.ts';
import { submitted } from '../support/plan-office.ts';
import { pseudoWelsh } from '../support/pseudo-welsh.ts';

const OUTAGE = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };

describe.skipIf(CHROMIUM === null)(`a notice before it goes, in a browser${NEEDS_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  eachDatabase('the preview page', (database) => {
    let here: PageOffice;
    afterEach(() => here.close());

    it.each([1280, 390])('21: axe finds nothing at %i pixels, before and after a test was asked for', async (width) => {
      here = await openPageOffice(database, noticePreviewPages);
      const { office } = here;
      await submitted(office);
      await office.store.migrations.setOutage(office.migrationId, OUTAGE, null);
      const rows = [commissioner('QA1'), practice('A1'), practice('W95001', { language: 'cy' })];
      await office.store.recipients.load(office.migrationId, rows, 'lists.csv');
      await office.store.welsh.save(office.migrationId, pseudoWelsh(WORDING), 1, office.clock.now().toString());
      await office.store.notices.setWording(office.migrationId, WORDING, 1, office.clock.now().toString());
      await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
      const { context, faults } = await watchedContext(browser, [here.url]);
      const page = await context.newPage();
      await page.setViewportSize({ width, height: 900 });
      await page.goto(await here.linkOf('communications-lead', 'preview planned'));
      await page.getByRole('button', { name: /^Open as/ }).click();
      await page.getByRole('heading', { name: 'Notice: planned outage' }).waitFor();
      await page.getByRole('heading', { name: 'In Welsh, above the English, for 1 mailbox' }).waitFor();
      await picture(page, `notice-preview-${width}`);
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.getByRole('button', { name: 'Send me a test' }).click();
      await page.getByText('A test is on its way').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(faults).toEqual([]);
    });
  });
});
