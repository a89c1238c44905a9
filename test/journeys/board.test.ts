import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { openBoardOffice } from '../support/board-office.ts';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, picture, watchedContext } from '../support/browser.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
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
      desk: 'observer' | 'approver' | 'tester' | 'e-rs-lead',
      size: { width?: number; height?: number; javaScriptEnabled?: boolean } = {},
    ) => {
      const { context, faults } = await watchedContext(browser, [here.url], size);
      context.setDefaultTimeout(20_000);
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

    it('26: the days after: the counts as a chart with the line of the alert rule, each difference with its owner', async () => {
      here = await openBoardOffice(database, every);
      await afterwards(here.office);
      const { page, faults } = await open('tester');
      await page.getByText('Live. Last change seen').waitFor();
      const counts = part(page, 'asi');
      await counts.getByRole('img', { name: 'routine: Before 12; Day +1 38, above the alert line' }).waitFor();
      expect(await counts.getByRole('row', { name: 'routine 12 19 ✖ 38 9 not counted' }).count()).toBe(1);
      expect(await axeFindings(page)).toEqual([]);
      await part(page, 'reconcile').getByRole('button', { name: 'I take this' }).click();
      await part(page, 'reconcile').getByRole('cell', { name: 'The tester', exact: true }).waitFor();
      const telephone = await open('e-rs-lead', { width: 390, height: 844 });
      expect(await axeFindings(telephone.page)).toEqual([]);
      expect(await sideways(telephone.page)).toBe(0);
      expect(await clipped(telephone.page)).toEqual([]);
      expect([...faults, ...telephone.faults]).toEqual([]);
    });

    it('says on the open page that a role was taken away, and a press from it is refused', async () => {
      here = await openBoardOffice(database, every);
      await submitted(here.office);
      const { page } = await open('approver');
      await page.getByText('Live. Last change seen').waitFor();
      const { db } = here.office.connection;
      const now = here.office.clock.now().toString();
      await db.updateTable('role_grant').set({ revoked_at: now }).where('role', '=', 'approver').execute();
      here.office.clock.set(here.office.clock.now().add({ minutes: 1 }).toString());
      await page.getByText('You have no role in this migration any more, so this page has ended.').waitFor();
      await part(page, 'plan-1').getByRole('button', { name: 'Approve' }).click();
      await page.getByText('There is no migration 1 in which you have a role').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(await db.selectFrom('vote').select('id').execute()).toEqual([]);
    });

    it('is one person’s: another who opens a link in the same browser ends it, and its old page does nothing', async () => {
      here = await openBoardOffice(database, every);
      await submitted(here.office);
      const { page } = await open('approver');
      const other = await page.context().newPage();
      await other.goto(await here.linkOf('observer', 'board'));
      await other.getByRole('button', { name: 'Open as The observer' }).click();
      await other.getByText('You are The observer').waitFor();
      await part(page, 'plan-1').getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('heading', { name: 'This page is out of date' }).waitFor();
      expect(await here.office.connection.db.selectFrom('vote').select('id').execute()).toEqual([]);
      const link = await here.linkOf('approver', 'board');
      here.systemClock.set('2030-01-01T09:16:00Z');
      await page.goto(link);
      await page.getByRole('heading', { name: 'This link cannot be opened' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });

    it('can be read and pressed without a script', async () => {
      here = await openBoardOffice(database, every);
      await submitted(here.office);
      const { page } = await open('approver', { javaScriptEnabled: false });
      await page.getByText('As it was at').waitFor();
      await part(page, 'plan-1').getByRole('button', { name: 'Approve' }).click();
      await part(page, 'plan-1').getByText('needs 2 more approvals').waitFor();
      // What one has done already is not offered again, and it says why.
      expect(await part(page, 'plan-1').getByRole('button', { name: 'Approve' }).count()).toBe(0);
      await part(page, 'plan-1').getByText('Not now: Approve. You have approved it.').waitFor();
      await part(page, 'plan-1').getByRole('button', { name: 'Take my vote back' }).click();
      await part(page, 'plan-1').getByText('needs 3 more approvals').waitFor();
    });
  });
});

function part(page: Page, key: string) {
  return page.locator(`#${key}`);
}

/** A run that has settled, one difference, and counts of which one stands out. */
async function afterwards(office: Office): Promise<void> {
  await approved(office);
  await go(office);
  await office.as('service-definer').done('run');
  const { db } = office.connection;
  const at = office.clock.now().toString();
  await db.updateTable('run_item').set({ state: 'confirmed', settled_at: at }).execute();
  await db.updateTable('run').set({ state: 'verifying', finished_at: at }).execute();
  await db.updateTable('plan').set({ state: 'verifying', state_since: at }).execute();
  const [service] = await office.store.plans.services(1);
  await office.as('tester').done(`reconcile read ${service?.serviceId} 200000000220`);
  office.clock.set('2026-12-11T10:00:00Z');
  for (const counts of [
    'baseline routine=12 urgent=3 two-week-wait=0',
    '+1 routine=38 urgent=4 two-week-wait=0',
    '+3 routine=9',
  ])
    await office.as('e-rs-lead').done(`asi ${counts}`);
}

/** Words of tables whose beginning is cut off at the left edge of their frame. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('.co-scroll')].flatMap((frame) => {
    const left = frame.getBoundingClientRect().left;
    return [...frame.querySelectorAll('th, td')]
      .filter((cell) => cell.getBoundingClientRect().left + parseFloat(getComputedStyle(cell).paddingLeft) < left + 3)
      .map((cell) => cell.textContent);
  })`);
}

/** By how many pixels the page is wider than its window. */
function sideways(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
