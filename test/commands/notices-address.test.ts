import { beforeEach, expect, it } from 'vitest';
import type { ListedRecipient } from '../../src/domain/recipient.ts';
import { goOut, readyToAnnounce, sendNow } from '../support/announced.ts';
import { eachDatabase } from '../support/database.ts';
import { commissioner, practice } from '../support/notices-office.ts';
import { type Colleague, type Office, openOffice } from '../support/office.ts';

eachDatabase('addresses that changed since the first notice', (database) => {
  let office: Office;
  let lead: Colleague;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    lead = office.as('communications-lead');
  });

  async function lists(...rows: readonly ListedRecipient[]): Promise<void> {
    await office.store.recipients.load(office.migrationId, rows, 'lists.csv');
  }
  async function planned(...rows: readonly ListedRecipient[]): Promise<void> {
    await readyToAnnounce(office, rows);
    await sendNow(office, 'planned');
    await goOut(office);
  }
  /** To whom it goes; the test to oneself left out. */
  async function sent(kind: string): Promise<readonly string[]> {
    await sendNow(office, kind);
    const mails = await goOut(office);
    return mails.map(({ to }) => to).filter((to) => !to.startsWith('communications-lead@'));
  }

  it('22: a reminder goes to the address of today, and to that of whoever is told instead', async () => {
    await planned(commissioner('QA1'), practice('A1'), practice('A2'));
    await lists(commissioner('QA1'), practice('A1', { email: 'new@a1.example' }), practice('A2'));
    await lead.done('recipients without=QA1 reason="their mailbox is retired" instead=desk@board.example');
    expect(await sent('reminder')).toEqual(['desk@board.example', 'new@a1.example', 'a2@referrer.example']);
  });

  it('22: two that share an address by now get one reminder', async () => {
    await planned(commissioner('QA1'), practice('A1'), practice('A2'));
    await lists(commissioner('QA1'), practice('A1', { email: 'a2@referrer.example' }), practice('A2'));
    expect((await sent('reminder')).toSorted()).toEqual(['a2@referrer.example', 'qa1@commissioner.example']);
  });

  it('22: nobody is reminded of an outage that was cancelled for them', async () => {
    await planned(commissioner('QA1'), practice('A1'), practice('A2'));
    await sent('cancelled');
    await lists(commissioner('QA1'), practice('A1'));
    expect(await sent('planned')).toHaveLength(2);
    expect((await sent('reminder')).toSorted()).toEqual(['a1@referrer.example', 'qa1@commissioner.example']);
  });

  it('22: a commissioner who came late and was told by telephone is named when it is cancelled', async () => {
    await planned(commissioner('QA1'), practice('A1'));
    await lists(commissioner('QA1'), commissioner('QZ9', { telephone: '01632 960 009' }), practice('A1'));
    await lead.done('calls done=QZ9 note="told the duty desk"');
    expect(await lead.done('send cancelled')).toMatchObject({ mails: 2, unreachable: 1 });
    expect(await sent('cancelled')).toHaveLength(2);
    expect(await lead.done('notices 4')).toMatchObject({
      problems: [{ code: 'QZ9', name: 'Board QZ9', reply: 'told by telephone the first time: telephone again' }],
    });
  });
});
