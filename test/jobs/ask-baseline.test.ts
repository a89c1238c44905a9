import { expect, it } from 'vitest';
import { askBaseline } from '../../src/jobs/ask-baseline.ts';
import { eachDatabase } from '../support/database.ts';
import { idOf } from '../support/office-plan.ts';
import { openApprovedOffice } from '../support/run-office.ts';

eachDatabase('26: the baseline', (database) => {
  it('26: whoever owns the alerts is asked for it in the last days before the window, once a day, until it is counted', async () => {
    const office = await openApprovedOffice(database);
    await office.connection.db.deleteFrom('posting').execute();
    const asked = async (at: string) => {
      await office.connection.db.deleteFrom('posting').execute();
      await askBaseline.run(office.store, Temporal.Instant.from(at));
      const calls = await office.connection.db.selectFrom('posting').select(['message', 'people']).execute();
      return calls.map(({ message, people }) => [message?.split(':')[0], people]);
    };
    const lead = await idOf(office, 'e-rs-lead');
    expect(await asked('2026-12-04T12:00:00Z')).toEqual([]);
    expect(await asked('2026-12-06T08:00:00Z')).toEqual([]);
    expect(await asked('2026-12-06T09:00:00Z')).toEqual([['Appointment slot issues', [lead]]]);
    // Stopped at 9am, it is asked later that day; never twice a day.
    expect(await asked('2026-12-06T11:00:00Z')).toEqual([]);
    expect(await asked('2026-12-07T13:00:00Z')).toHaveLength(1);
    const waits = async () => (await office.as('e-rs-lead').done('status')).waitsForYou as string[];
    const wanted = 'Plan 1: count the appointment slot issues before go-live, /bsu asi baseline';
    expect(await waits()).toContain(wanted);
    await office.as('e-rs-lead').done('asi baseline routine=12 urgent=3 two-week-wait=0');
    expect(await waits()).not.toContain(wanted);
    expect(await asked('2026-12-08T09:00:00Z')).toEqual([]);
  });
});
