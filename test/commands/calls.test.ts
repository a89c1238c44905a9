import { beforeEach, expect, it } from 'vitest';
import { goOut, readyToAnnounce, sendNow } from '../support/announced.ts';
import { eachDatabase } from '../support/database.ts';
import { commissioner, practice } from '../support/notices-office.ts';
import { type Colleague, type Office, openOffice } from '../support/office.ts';

eachDatabase('whom to telephone', (database) => {
  let office: Office;
  let lead: Colleague;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    lead = office.as('communications-lead');
  });
  const deliveries = () => office.connection.db.updateTable('delivery');

  it('24: every commissioner behind a mailbox that the mail did not reach', async () => {
    const shared = { email: 'desk@board.example' };
    await readyToAnnounce(office, [commissioner('QA1', shared), commissioner('QB1', shared), practice('A1')]);
    await sendNow(office, 'planned');
    await goOut(office);
    expect(await lead.done('notices')).toMatchObject({ informed: { ok: true } });
    await deliveries().set({ status: 'bounced' }).where('code', '=', 'QA1').execute();
    expect(await lead.done('calls')).toMatchObject({
      calls: [{ code: 'QA1' }, { code: 'QB1', reason: 'shares a mailbox with QA1, and the mail did not reach it' }],
    });
    await lead.done('calls done=QA1 note="told the duty desk"');
    expect(await lead.done('notices')).toMatchObject({
      informed: { ok: false, faults: [{ fault: 'commissioners', text: expect.stringContaining('QB1') }] },
    });
    await lead.done('calls done=QB1 note="told the duty desk"');
    expect(await lead.done('notices')).toMatchObject({ informed: { ok: true } });
  });

  it('24: a commissioner whose mail is tried again for hours can be telephoned meanwhile', async () => {
    await readyToAnnounce(office);
    await sendNow(office, 'planned');
    const due_at = Temporal.Now.instant().add({ hours: 2 }).toString();
    const waits = { attempts: 1, due_at, reply: '451 try again later' };
    await deliveries().set(waits).where('code', '=', 'QA1').execute();
    await goOut(office);
    expect(await lead.done('calls')).toMatchObject({ calls: [] });
    await deliveries().set({ attempts: 6 }).where('code', '=', 'QA1').execute();
    expect(await lead.done('calls')).toMatchObject({
      calls: [{ code: 'QA1', reason: 'the mail has not gone yet and is tried again: 451 try again later' }],
    });
    await lead.done('calls done=QA1 note="told the duty desk"');
    expect(await lead.done('notices')).toMatchObject({ informed: { ok: true } });
  });

  it('24: nor need the telephone wait for a notice that is on hold', async () => {
    await readyToAnnounce(office);
    await sendNow(office, 'planned');
    await lead.done('hold');
    expect(await lead.done('calls')).toMatchObject({ calls: [{ code: 'QA1', reason: 'the notice is on hold' }] });
  });
});
