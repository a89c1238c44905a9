import { expect, it } from 'vitest';
import type { NightPackFacts } from '../../src/domain/night-pack.ts';
import { nightPackFile } from '../../templates/files.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { go, openApprovedOffice } from '../support/run-office.ts';

const posted = async (office: Office) =>
  office.connection.db.selectFrom('posting').select(['subject', 'message']).where('kind', '=', 'file').execute();

eachDatabase('the night pack', (database) => {
  it('30: it is posted at the approval, and again at the go', async () => {
    const office = await openApprovedOffice(database);
    expect(await posted(office)).toEqual([
      { subject: 'plan:1', message: expect.stringContaining('Night pack of plan 1: save it') },
    ]);
    await go(office);
    expect((await posted(office)).length).toBe(2);
    // An answer that is given again while the go counts posts nothing more.
    await office.as('e-rs-lead').done('go lead yes');
    expect((await posted(office)).length).toBe(2);
  });

  it('30: anybody with a role gets it by a verb too: every service, the people, the last start', async () => {
    const office = await openApprovedOffice(database);
    const facts = (await office.as('observer').done('night')) as unknown as NightPackFacts;
    expect(facts).toMatchObject({ planNumber: 1, services: 8, migration: 'Rehearsal PAS migration' });
    expect(facts.groups.flatMap(({ sites }) => sites.flatMap(({ services }) => services)).length).toBe(8);
    expect(facts.people.map(({ role }) => role)).toContain('service definer tonight');
    expect(Date.parse(facts.windows[0]?.lastStart ?? '')).toBeLessThan(Date.parse(facts.windows[0]?.to ?? ''));
    const { text } = nightPackFile(facts);
    for (const { serviceId } of facts.all) expect(text).toContain(serviceId);
  });
});

eachDatabase('the pages of a night without chat', (database) => {
  it('30: once there is a run, an operator gives the pages of the run and of the manual board with it', async () => {
    const office = await openApprovedOffice(database);
    await go(office);
    await office.as('service-definer').done('run');
    const outcome = await office.as('observer').type('night');
    const pages = outcome.kind === 'answer' ? outcome.answer.pages : [];
    expect(pages?.map(({ path }) => path)).toEqual([
      `/pages/${office.migrationId}/run`,
      `/pages/${office.migrationId}/manual`,
    ]);
  });
});
