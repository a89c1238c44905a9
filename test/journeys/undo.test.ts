import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGuided } from '../../src/rehearsal/story/guided-run.ts';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser } from '../support/browser.ts';
import { type NightScene, nightScene, type OwnPage, shot } from '../support/night-scene.ts';

const OLD = '200000000220';
const NEW = '200000001337';

interface Guided {
  readonly sites: readonly { readonly site: string; readonly services: readonly { readonly serviceId: string }[] }[];
  readonly readBack: readonly { readonly serviceId: string }[];
}

/** The way back, by hand to its end: 36 services were moved, one of them is no longer what the run left. */
describe.skipIf(CHROMIUM === null)(`an undo by hand${NEEDS_CHROMIUM}`, () => {
  let browser: Browser;
  let night: NightScene;
  let definer: OwnPage;
  let touched = '';

  beforeAll(async () => {
    browser = await openBrowser();
    night = await nightScene(browser, { XR101: 30, XR103: 6 });
    await night.ask('service-definer', 'run');
    await runGuided(night.stage, '1');
  });
  afterAll(async () => {
    await browser?.close();
    await night?.stop();
  });

  const now = async () => (await night.ask('service-definer', 'run')).guided as Guided;

  it('18: is asked for with the time at which the old PAS was seen, and agreed by somebody else', async () => {
    const { chat } = night;
    await chat.as('service-definer');
    await chat.type('/bsu run');
    await chat.sees('all 36 services done');
    await shot(chat.page, 'e01-verifying');
    await chat.ask('/bsu undo');
    await shot(chat.page, 'e02-undo-form');
    await chat.fill({ checked: 'now', reason: 'No slots of the new PAS arrive anywhere' });
    await chat.sees('has to agree. If nobody answers, you can go on with a reason from');
    await shot(chat.page, 'e03-asked');
    definer = await night.opens('Follow it on a second screen');
    expect(await definer.page.getByText('Agree to the undo').count()).toBe(0);
    await definer.isSound('e04-page-asked');
    await chat.as('e-rs-lead');
    await shot(chat.page, 'e05-lead-is-called');
    await chat.confirm('Agree to the undo', 'Go back');
    await chat.sees('36 services going back to the old system');
    await shot(chat.page, 'e06-agreed');
  });

  it('18: is guided group by group; what is not what the run left is set aside, and not ticked', async () => {
    const { ers, world, chat } = night;
    await definer.loads();
    await definer.isSound('e07-page-back-log-in');
    await ers.logIn();
    await definer.press('I am logged in');
    await definer.press('Filter is set to Yes');
    const all = (await now()).sites.flatMap((site) => site.services.map((one) => one.serviceId));
    expect(all.length).toBe(36);
    touched = all[3] ?? '';
    // Somebody has changed this one meanwhile.
    const other = await world.logIn('service-definer');
    await other.submit(`/ers/services/${touched}/provider-system`, { asid: OLD });
    await definer.isSound('e08-page-back-tick');
    await definer.press('One shows something else');
    await definer.page.getByLabel('Service id').fill(touched);
    await definer.isSound('e09-page-which-one');
    await definer.press('Continue');
    await definer.sees(`Service ${touched} is left as it is, for a person. Do not tick it.`);
    await definer.isSound('e10-page-set-aside');
    const ids = all.filter((id) => id !== touched);
    expect(await ers.tick(ids)).toBe(35);
    await definer.press('Ticked');
    for (const { site, services } of (await now()).sites) await definer.count(site, services.length);
    await chat.as('deputy');
    await chat.type('/bsu run');
    await chat.press('I see the same number');
    await definer.loads();
    await definer.press('Enable is ticked');
    await ers.choose(OLD);
    await definer.press(`${OLD} is chosen`);
    await definer.isSound('e11-page-back-update');
    await ers.update();
    await definer.confirm('Update pressed', 'Yes, pressed');
    for (const { serviceId } of (await now()).readBack) await definer.press(`${serviceId} shows ${OLD}`);
    await definer.isSound('e12-page-one-left');
  });

  it('18, 17: the one that is left is looked at and ticked by a person; then all is back, each once', async () => {
    const { chat } = night;
    await chat.as('deputy');
    await chat.type('/bsu manual');
    await shot(chat.page, 'e13-board');
    const board = await night.opens('The board as a page');
    await board.isSound('e14-page-board');
    await board.press(`Take it ${touched}`);
    await board.press(`Done ${touched}`);
    await board.isSound('e15-page-board-done');
    await definer.loads();
    await definer.sees('is back on the old system · 36 of 36');
    await definer.isSound('e16-page-back');
    await chat.type('/bsu run');
    await shot(chat.page, 'e17-back');
    // 36 forward and 35 back by the screen, one by hand.
    await night.holds(72);
    expect(await night.on(NEW)).toBe(0);
  });

  it('asks no other address, and no script fails', () => expect(night.faults).toEqual([]));
});
