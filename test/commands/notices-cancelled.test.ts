import { beforeEach, expect, it } from 'vitest';
import { goOut, OUTAGE, readyToAnnounce, sendNow } from '../support/announced.ts';
import { eachDatabase } from '../support/database.ts';
import { type Colleague, type Office, openOffice } from '../support/office.ts';

eachDatabase('a cancellation', (database) => {
  let office: Office;
  let lead: Colleague;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    lead = office.as('communications-lead');
    await readyToAnnounce(office);
    await sendNow(office, 'planned');
    await goOut(office);
  });

  it.each(['withdrawn', 'expired'] as const)(
    '20: goes out after its plan is %s, with the services that people were told of',
    async (state) => {
      await office.connection.db.updateTable('plan').set({ state }).execute();
      expect(await lead.done('notices')).toMatchObject({ due: { kind: 'cancelled' } });
      expect(await lead.done('send cancelled')).toMatchObject({ mails: 3, notice: { services: { count: 2 } } });
      await sendNow(office, 'cancelled');
      expect(await goOut(office)).toHaveLength(4);
      expect(await lead.done('notices')).toMatchObject({ due: null });
    },
  );

  it('22: names the time that people were told, not one that was set since', async () => {
    const later = { from: '2026-12-22T17:00:00Z', to: '2026-12-22T23:00:00Z' };
    await office.store.migrations.setOutage(office.migrationId, later, null);
    expect(await lead.done('send cancelled')).toMatchObject({
      notice: { outage: OUTAGE, calendar: { method: 'CANCEL', sequence: 1 } },
    });
  });
});
