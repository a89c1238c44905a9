import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { CHROMIUM, NEEDS_CHROMIUM, openBrowser, watchedContext } from '../support/browser.ts';
import { chatPage } from '../support/chat-page.ts';
import { type NightScene, nightScene, type OwnPage, shot } from '../support/night-scene.ts';
import { operatorLine } from '../support/operator-line.ts';

const NEW = '200000001337';

interface Facts {
  readonly guided: {
    readonly sites: readonly { readonly site: string; readonly services: readonly { readonly serviceId: string }[] }[];
    readonly readBack: readonly { readonly serviceId: string }[];
  };
}

/** Chat goes down after the start: the night pack is read offline, the run goes on from a page, paper is entered afterwards. */
describe.skipIf(CHROMIUM === null)(`a night with the chat switched off${NEEDS_CHROMIUM}`, () => {
  let browser: Browser;
  let night: NightScene;
  let folder: string;
  let pack: string;
  let definer: OwnPage;

  beforeAll(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'changeover-night-'));
    night = await nightScene(browser, { XR101: 20, XR103: 10 });
    await night.chat.as('service-definer');
    await night.chat.type('/bsu run');
    await night.chat.press('I am logged in');
    // From here on nobody reaches the chat.
    await night.chat.page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await night?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const operator = (...words: string[]) => operatorLine(night.rehearsal, words);
  const now = async () => ((await night.ask('service-definer', 'run')) as unknown as Facts).guided;

  it('30: the night pack is one file that opens without any network, with every service and the telephones', async () => {
    expect(await operator('night', 'migration=1', '--save', folder)).toContain('Night pack of plan 1 · 30 services');
    const [name = ''] = await readdir(folder);
    pack = pathToFileURL(join(folder, name)).toString();
    const { context, faults } = await watchedContext(browser, []);
    await context.setOffline(true);
    const page = await context.newPage();
    await page.goto(pack);
    await page.getByRole('heading', { name: /Plan 1 · .* · 30 services/ }).waitFor();
    for (const service of (await now()).sites.flatMap((site) => site.services))
      expect(await page.getByText(service.serviceId).count()).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Enter it later' }).click();
    await page.getByText('recorded late').first().waitFor();
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await shot(page, `f01-night-pack-${width}`, true);
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  it('30: an operator gives the run’s page from the command line, and the run goes on there', async () => {
    const { ers } = night;
    const said = await operator('night', 'migration=1', '--link-for', 'service-definer@rehearsal.example');
    const [link = ''] = /http\S+\/open\/\S+/.exec(said) ?? [];
    definer = await night.follows(link);
    await definer.sees('You are A service definer');
    await definer.isSound('f02-page-by-the-operator');
    await ers.logIn();
    await definer.press('Filter is set to Yes');
    const { sites } = await now();
    expect(await ers.tick(sites.flatMap((site) => site.services.map((one) => one.serviceId)))).toBe(30);
    await definer.press('Ticked');
    for (const { site, services } of sites) await definer.count(site, services.length);
    const forDeputy = await operator('step', 'follow', 'migration=1', '--link-for', 'deputy@rehearsal.example');
    const deputy = await night.follows(/http\S+\/open\/\S+/.exec(forDeputy)?.[0] ?? '');
    await deputy.isSound('f03-page-of-the-second-person');
    await deputy.press('I see the same number');
    await definer.loads();
    await definer.press('Enable is ticked');
    await ers.choose(NEW);
    await definer.press(`${NEW} is chosen`);
    await ers.update();
    await definer.confirm('Update pressed', 'Yes, pressed');
    await definer.isSound('f04-page-read-back');
    expect(await night.on(NEW)).toBe(30);
  });

  it('30: what was noted on paper is entered the next morning as recorded late, with both times', async () => {
    const { dates } = night;
    const evening = (time: string) => `${dates.window.from.slice(0, 10)} ${time}`;
    const { readBack } = await now();
    await night.doors.moveClock(dates.tenInTheMorning.add({ hours: 24 }));
    const { context } = await watchedContext(browser, [new URL(night.rehearsal.chat).origin]);
    const chat = chatPage(await context.newPage(), night.rehearsal.chat);
    await chat.open();
    await chat.as('service-definer');
    for (const { serviceId } of readBack) await chat.type(`/bsu step new ${serviceId} at="${evening('21:20')}"`);
    await chat.sees(/Recorded late: .*, 9:20pm, entered .*, 10am/);
    await shot(chat.page, 'f05-late-steps');
    await chat.type(`/bsu polls seen all at="${evening('21:40')}"`);
    await shot(chat.page, 'f06-late-polls');
    await chat.sees(/polls ticked: slots seen\. Recorded late: .*, 9:40pm, entered .*, 10am/);
    await chat.as('tester');
    await chat.type(`/bsu verify all passed at="${evening('22:05')}"`);
    await chat.sees(/Recorded late: .*, 10:05pm, entered .*, 10am/);
    await shot(chat.page, 'f07-late-tests');
    await chat.type('/bsu audit verify');
    await chat.sees(/whole/);
    await definer.loads();
    await definer.sees(/\(entered .*, 10am\)/);
    await definer.isSound('f08-page-recorded-late');
    await night.holds(30);
  });

  it('asks no other address, and no script fails', () => expect(night.faults).toEqual([]));
});
