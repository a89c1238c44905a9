import { createHash } from 'node:crypto';
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

  it('15, 28: a screenshot is sent on the page too: the same refusals, and nothing of it is kept', async () => {
    const pages = await open(database, 'guided');
    const page = await pages.visit(await pages.linkOf('service-definer', 'run'));
    for (const [step, more] of [
      ['tick', { what: 'done' }],
      ['count', { what: 'count', site: 'XR101', counted: '5' }],
      ['count', { what: 'count', site: 'XR102', counted: '3' }],
    ] as const)
      await page.send('step', { ...more, group: '1', step });
    const asked = await page.send('step', { what: 'confirm', how: 'screenshot', group: '1', step: 'second-person' });
    expect(asked.page).toContain('enctype="multipart/form-data"');
    expect(asked.page).toMatch(/<input class="nhsuk-file-upload" id="form-picture" name="picture" type="file"/);
    const given = { what: 'confirm', how: 'screenshot', clean: 'yes', group: '1', step: 'second-person' };
    const text = await page.sendFile('step', given, { picture: new File(['NHS number'], 'screen.png') });
    expect(text.status).toBe(422);
    expect(text.page).toContain('PNG');
    const none = await page.sendFile('step', given, { picture: new File([], '') });
    expect(none.page).toContain('id="form-picture"');
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
    const seen = await page.sendFile('step', given, { picture: new File([png], 'screen of Ann Example.png') });
    expect(seen.status).toBe(200);
    expect((await pages.office.store.runs.byId(1))?.guided?.step).toBe('enable');
    expect(await pages.kept()).toEqual([]);
    const events = await pages.office.connection.db.selectFrom('audit_event').selectAll().execute();
    expect(JSON.stringify(events)).toContain(createHash('sha256').update(png).digest('hex'));
    expect(JSON.stringify(events)).not.toContain('Ann Example');
  });

  it('28: a file of another person’s page, or one that is too large, is not kept', async () => {
    const pages = await open(database, 'guided');
    const page = await pages.visit(await pages.linkOf('service-definer', 'run'));
    const other = await page.sendFile('step', { what: 'done' }, { picture: new File(['x'], 'a.png') }, { _token: 'x' });
    expect(other.status).toBe(409);
    const large = new File([new Uint8Array(50 * 1024 * 1024 + 1)], 'large.png');
    expect((await page.sendFile('step', { what: 'done' }, { picture: large })).status).toBe(413);
    expect(await pages.kept()).toEqual([]);
  });

  it('15: somebody else follows it, and is refused what is not theirs to press', async () => {
    const pages = await open(database, 'guided');
    const page = await pages.visit(await pages.linkOf('deputy', 'run'));
    expect(await page.html()).toContain('Run of plan 1');
    const refused = await page.send('step', { what: 'done', group: '1', step: 'tick' });
    expect(refused.page).toContain('Another service definer carries this run out');
  });

  it('30: in service an operator gives somebody the board’s page and the run’s, and can do nothing on them', async () => {
    const pages = await openPageOffice(database, runPages, { mode: 'service' });
    opened.push(pages);
    await startedRun(pages.office, 'guided');
    const operator = { platform: 'cli', tenant: 'operator', userId: 'op@trust.example', guest: false } as const;
    const administrator = await pages.office.store.people.byEmail('administrator@rehearsal.example');
    await pages.office.store.people.join(administrator?.id ?? 0, operator, pages.office.clock.now().toString());
    const give = { account: operator, channel: null, linkFor: 'deputy@rehearsal.example' };
    for (const [text, heading] of [
      ['manual page migration=1', 'By hand: nothing is left of plan 1'],
      ['step follow migration=1', 'Run of plan 1'],
    ] as const) {
      const page = await pages.visit(await pages.linkOf('administrator', text, give));
      const html = await page.html();
      expect(html).toContain(heading);
      expect(html).toContain('You are The deputy');
    }
    for (const text of ['manual all confirm=yes migration=1', 'step done migration=1', 'run migration=1']) {
      const outcome = await pages.office.dispatch({ account: operator, channel: null, text, private: true });
      expect(outcome).toMatchObject({ kind: 'refusal', refusal: { code: 'operator' } });
    }
    const typed = await pages.office.dispatch({
      account: pages.office.as('administrator').account,
      channel: pages.office.channel,
      text: 'manual claim 7000001',
    });
    expect(typed).toMatchObject({ kind: 'refusal', refusal: { code: 'role' } });
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
    // The picture's axes: services still open, and the time.
    expect(after).toMatch(/co-burn__left.*<span>8<\/span><span>0<\/span>/);
    expect(after).toMatch(/co-burn__times.*<span>8:30pm<\/span><span>8:40pm<\/span>/);
    expect(after).toContain('2 of 8 services done since 8:30pm, 6 left; at this pace about 30 minutes more');
    expect(await pages.office.store.runItems.counts(1)).toMatchObject({ 'done-by-hand': 2 });
  });
});
