import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import ICAL from 'ical.js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTICE_KINDS } from '../../src/domain/notice.ts';
import { wrongAddressUrl } from '../../src/domain/notice-links.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { noticePages } from '../../src/store/notices-pages.ts';
import { outageFeeds } from '../../src/store/outage-feeds.ts';
import { noticePageRoutes } from '../../src/surfaces/web/notice-page.ts';
import { outageFeedRoutes } from '../../src/surfaces/web/outage-feed-page.ts';
import { type WebRoutes, webRoutes } from '../../src/surfaces/web/web-routes.ts';
import { sampleInWelsh, sampleMail } from '../pictures/notices.ts';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, picture, watchedContext } from '../support/browser.ts';
import { eachDatabase } from '../support/database.ts';
import { noticeIn, practice } from '../support/notices-office.ts';
import { type Office, openOffice } from '../support/office.ts';
import { factsInWelsh } from '../support/pseudo-welsh.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 AA and good practice: rule and where. */
async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; nodes: { target: string[] }[] }[];
  };
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

async function wide(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
}

describe.skipIf(CHROMIUM === null)(`a notice as its readers see it${NEEDS_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it.each(NOTICE_KINDS)('22: axe finds nothing in the %s mail, light or dark, and it fits a phone', async (kind) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width: 320, height: 640 }, colorScheme });
      await page.setContent(sampleMail(kind).html);
      expect(await accessibilityFaults(page), colorScheme).toEqual([]);
      expect(await wide(page), colorScheme).toBeLessThanOrEqual(0);
      await page.close();
    }
  });

  it.each(['light', 'dark'] as const)(
    '22: axe finds nothing in a mail in Welsh and English, %s, and it fits a phone',
    async (colorScheme) => {
      for (const width of [390, 1280]) {
        const page = await browser.newPage({ viewport: { width, height: 640 }, colorScheme });
        await page.setContent(sampleInWelsh().html);
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await wide(page)).toBeLessThanOrEqual(0);
        await page.close();
      }
    },
  );

  eachDatabase('the page', (database) => {
    let office: Office;
    let web: WebRoutes;
    let server: Server;
    let url: string;
    beforeAll(async () => {
      office = await openOffice(await database.open(), { now: '2026-12-08T18:00:00Z' });
      server = createServer((request, response) => web.handle(request, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const pages = noticePages(office.connection, office.clock);
      const routes = noticePageRoutes({ pages, publicUrl: url, from: 'notices@rehearsal.example' });
      const feed = outageFeedRoutes({ feeds: outageFeeds(office.connection.db), publicUrl: url, from: 'a@b.example' });
      web = await webRoutes({ log: silentLog, readiness: async () => [], pages: [routes, feed] });
    });
    afterAll(async () => {
      await web.close();
      await new Promise((resolve) => server.close(resolve));
    });

    it('22: the state now, the services, the contacts, the calendar, the wrong address, the newer one; on a phone, on paper, by axe', async () => {
      const notice = await noticeIn(office, [practice('A81001', { name: 'The Surgery' })]);
      const { context, faults } = await watchedContext(browser, [url], { width: 320, height: 700 });
      const page = await context.newPage();
      await page.goto(`${url}/notices/${notice.token}`);
      await page.getByText('The outage is on now.').waitFor();
      expect(await page.getByRole('link', { name: '01632 960 100' }).first().getAttribute('href')).toBe(
        'tel:01632960100',
      );
      expect(await page.getByText('Cardiology (1)').isVisible()).toBe(false);
      await page.getByText('City Hospital (XR101): 131 services').last().click();
      expect(await page.getByText('Cardiology (1)').isVisible()).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await wide(page)).toBeLessThanOrEqual(0);
      await picture(page, 'notice-page-phone');
      const subscribe = page.getByRole('link', { name: 'Subscribe in your calendar program' });
      expect(await subscribe.count()).toBe(0);
      await office.store.deliveryLedger.take('me', office.clock.now().toString(), 60);
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await page.reload();
        const address = await page.locator('.co-address').innerText();
        expect(await subscribe.getAttribute('href')).toBe(address.replace('http:', 'webcal:'));
        expect(await (await fetch(address)).text()).toContain('BEGIN:VEVENT');
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await wide(page)).toBeLessThanOrEqual(0);
        await subscribe.scrollIntoViewIfNeeded();
        await picture(page, `notice-page-subscribe-${width}`);
      }
      await page.setViewportSize({ width: 320, height: 700 });

      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Add the outage to your calendar' }).click();
      const calendar = readFileSync((await (await download).path()) ?? '', 'utf8');
      const event = new ICAL.Component(ICAL.parse(calendar)).getFirstSubcomponent('vevent');
      expect(new ICAL.Event(event ?? undefined).startDate.toJSDate().toISOString()).toBe('2026-12-08T17:00:00.000Z');

      await page.reload();
      await page.emulateMedia({ media: 'print' });
      await page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
      expect(await page.getByText('Cardiology (1)').isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });

      const { id } = await office.connection.db
        .selectFrom('delivery')
        .select('id')
        .where('notice_id', '=', notice.id)
        .executeTakeFirstOrThrow();
      await page.goto(wrongAddressUrl(url, notice.token, id));
      await page.getByText('This notice was sent to The Surgery').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('There is a problem').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByLabel('Better email address').fill('desk@practice.example');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      expect((await office.store.addressReports.open(office.migrationId))[0]?.text).toContain('desk@practice.example');

      await noticeIn(office, [practice('A81001')], { facts: { kind: 'completed', reference: 'XR1-1-3' } });
      await office.store.deliveryLedger.take('me', office.clock.now().toString(), 60);
      await page.goto(`${url}/notices/${notice.token}`);
      expect(await page.getByText('The outage is on now.').count()).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('link', { name: 'outage over, notice XR1-1-3' }).click();
      await page
        .getByRole('heading', { name: 'You can book with Rehearsal Hospitals NHS Trust in e-RS again' })
        .waitFor();
      // A form that is refused answers 422, and the browser says so.
      expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
      await context.close();
    });

    it.each([390, 1280])(
      '22: in Welsh at %i pixels: axe finds nothing, and each page leads to the other',
      async (width) => {
        const notice = await noticeIn(office, [practice('A1'), practice('A2'), practice('A3')], {
          facts: factsInWelsh('planned', { reference: `XR1-1-${width}` }),
        });
        const { context, faults } = await watchedContext(browser, [url], { width, height: 900 });
        const page = await context.newPage();
        await page.goto(`${url}/notices/${notice.token}`);
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.getByRole('link', { name: 'Cymraeg' }).click();
        await page.getByRole('heading', { level: 1, name: '«cy: ' }).waitFor();
        expect(await page.evaluate('document.documentElement.lang')).toBe('cy');
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await wide(page)).toBeLessThanOrEqual(0);
        await picture(page, `notice-page-welsh-${width}`);
        await page.getByRole('link', { name: '«cy: Wrong address' }).click();
        await page.getByRole('button', { name: '«cy: Send»' }).waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.getByRole('link', { name: '«cy: Back to the notice»' }).click();
        await page.getByRole('link', { name: 'English' }).click();
        await page.getByRole('heading', { level: 1, name: 'You will not be able' }).waitFor();
        expect(faults).toEqual([]);
        await context.close();
      },
    );
  });
});
