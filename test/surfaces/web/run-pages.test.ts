import { afterEach, expect, it } from 'vitest';
import { runPages } from '../../../src/surfaces/web/run-pages.ts';
import { eachDatabase, type TestDatabase } from '../../support/database.ts';
import { openPageOffice, type PageOffice } from '../../support/page-office.ts';
import { startedRun } from '../../support/started-run.ts';

const opened: PageOffice[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A run of the office's eight services, written as the verb leaves it. */
async function open(database: TestDatabase, executor: 'guided' | 'http') {
  const pages = await openPageOffice(database, runPages);
  opened.push(pages);
  await startedRun(pages.office, executor);
  return pages;
}

eachDatabase('the pages of a run', (database) => {
  it('15: the run on a second screen: the list, the step’s buttons as that person, counts typed, steps with their times', async () => {
    const pages = await open(database, 'guided');
    const page = await pages.visit(await pages.linkOf('service-definer', 'run'));
    const ticking = await page.html();
    expect(ticking).toContain('Tick these in e-RS');
    expect(ticking).toContain('7000001');
    expect(ticking).not.toContain('http-equiv="refresh"');
    await page.send('step', { what: 'done', group: '1', step: 'tick' });
    const counting = await page.html();
    expect(counting).toContain('How many services are ticked at');
    expect(counting).not.toContain('7000001');
    const { page: after } = await page.send('step', {
      what: 'count',
      site: 'XR101',
      counted: '5',
      group: '1',
      step: 'count',
    });
    expect(after).toContain('Steps so far');
    expect(await pages.office.store.runSteps.of(1)).toMatchObject([
      { step: 'tick', what: 'done' },
      { step: 'count', what: 'counted' },
    ]);
  });

  it('15: somebody else follows it, and is refused what is not theirs to press', async () => {
    const pages = await open(database, 'guided');
    const page = await pages.visit(await pages.linkOf('deputy', 'run'));
    expect(await page.html()).toContain('Run of plan 1');
    const refused = await page.send('step', { what: 'done', group: '1', step: 'tick' });
    expect(refused.page).toContain('Another service definer carries this run out');
  });

  it('17: the manual board: taken, given back and done by two people, and the line goes down', async () => {
    const pages = await open(database, 'http');
    await pages.office.as('service-definer').done('abort the automation is down');
    const [one, other] = [
      await pages.visit(await pages.linkOf('service-definer', 'manual')),
      await pages.visit(await pages.linkOf('deputy', 'manual')),
    ];
    expect(await one.html()).toContain('By hand: 8 services left of plan 1');
    await one.send('manual', { what: 'claim', service: '7000001' });
    expect(await other.html()).toContain('The service-definer');
    const taken = await other.send('manual', { what: 'done', service: '7000001' });
    expect(taken.page).toContain('is being done by');
    await one.send('manual', { what: 'release', service: '7000001' });
    await one.send('manual', { what: 'done', service: '7000001' });
    pages.office.clock.set('2026-12-08T20:40:00Z');
    const { page: after } = await other.send('manual', { what: 'done', service: '7000002' });
    expect(after).toContain('By hand: 6 services left of plan 1');
    expect(after).toContain('<polyline');
    expect(after).toContain('2 of 8 services done since 8:30pm, 6 left; at this pace about 30 minutes more');
    expect(await pages.office.store.runItems.counts(1)).toMatchObject({ 'done-by-hand': 2 });
  });
});
