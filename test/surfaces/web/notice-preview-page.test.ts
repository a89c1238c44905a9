import { afterEach, expect, it } from 'vitest';
import { noticePreviewPages } from '../../../src/surfaces/web/notice-preview-page.ts';
import { eachDatabase } from '../../support/database.ts';
import { WORDING } from '../../support/notice-facts.ts';
import { commissioner, practice } from '../../support/notices-office.ts';
import { openPageOffice, type PageOffice } from '../../support/page-office.ts';
import { submitted } from '../../support/plan-office.ts';
import { pseudoWelsh } from '../../support/pseudo-welsh.ts';

const OUTAGE = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };

eachDatabase('a notice’s preview page', (database) => {
  let here: PageOffice;
  afterEach(() => here.close());

  async function open() {
    here = await openPageOffice(database, noticePreviewPages);
    const { office } = here;
    await submitted(office);
    await office.store.migrations.setOutage(office.migrationId, OUTAGE, null);
    const rows = [commissioner('QA1'), practice('A1'), practice('A2')];
    await office.store.recipients.load(office.migrationId, rows, 'lists.csv');
    await office.store.notices.setWording(office.migrationId, WORDING, 1, office.clock.now().toString());
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
  }

  it('21: shows the notice, the number, the times and the lead; a test first, then the button sends exactly that', async () => {
    await open();
    const at = await here.visit(await here.linkOf('communications-lead', 'preview planned'));
    expect(at.path).toBe('/pages/1/notices/planned/1');
    const page = await at.html();
    expect(page).toContain('Send the notice (planned outage) to 3 mailboxes?');
    expect(page).toContain('met: 5 working days before the outage is Tuesday 8 December 2026, 5pm');
    expect(page).toContain('Urgent suspected cancer referrals');
    expect(page).toContain('Send a test to yourself first');
    expect((await at.send('send', { kind: 'planned', test: 'yes' })).page).toContain('A test is on its way');
    const scheduled = await at.send('send', { kind: 'planned', at: '2026-12-07 09:00' });
    expect(scheduled.page).toContain('Monday 7 December 2026, 9am');
    const code = await at.code();
    const sent = await at.send('send', { kind: 'planned', code, at: '2026-12-07 09:00' });
    expect(sent.page).toContain('It goes out Monday 7 December 2026, 9am.');
    const held = await at.send('hold', { what: 'on' });
    expect(held.page).toContain('It is on hold');
  });

  it('29: who may not send reads it, and is told who may; what is missing is said', async () => {
    await open();
    const at = await here.visit(await here.linkOf('observer', 'preview planned'));
    const page = await at.html();
    expect(page).toContain('Urgent suspected cancer referrals');
    expect(page).not.toContain('Send to 3');
    expect(page).not.toContain('name="_verb" value="send"');
    await here.office.connection.db.deleteFrom('notice_wording').execute();
    const lead = await here.visit(await here.linkOf('communications-lead', 'preview planned'));
    expect(await lead.html()).toContain('nothing is written yet');
  });

  it('21: shows the Welsh beside the English, each in its language', async () => {
    await open();
    const { store, migrationId, clock } = here.office;
    await store.recipients.load(migrationId, [practice('W95001', { language: 'cy' })], 'wales.csv');
    await store.welsh.save(migrationId, pseudoWelsh(WORDING), 1, clock.now().toString());
    const at = await here.visit(await here.linkOf('communications-lead', 'preview planned'));
    const page = await at.html();
    expect(page).toContain('In both languages');
    expect(page).toContain('In Welsh, above the English, for 1 mailbox');
    const welsh = page.slice(page.indexOf('<div lang="cy">'));
    expect(welsh).toContain('«cy: Urgent suspected cancer referrals»');
    expect(welsh).toContain('Dydd Mawrth, 15 Rhagfyr 2026');
  });
});
