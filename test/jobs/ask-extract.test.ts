import { expect, it } from 'vitest';
import { askExtract } from '../../src/jobs/ask-extract.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { openImportOffice } from '../support/import-office.ts';
import { idOf } from '../support/office-plan.ts';

eachDatabase('26: the extract of after the run', (database) => {
  it('26: whoever imports is asked for it once the month is over, once a week, then for the comparison, until it is made', async () => {
    const office = await openImportOffice(await database.open(), { now: '2026-12-08T22:00:00Z' });
    const { services } = await givenGoLive(office);
    const asked = async (at: string) => {
      office.clock.set(at);
      await office.connection.db.deleteFrom('posting').execute();
      await askExtract.run(office.store, Temporal.Instant.from(at));
      const calls = await office.connection.db.selectFrom('posting').select(['message', 'people']).execute();
      return calls.map(({ message, people }) => [message?.split(':')[0], people]);
    };
    const planner = await idOf(office, 'planner');
    expect(await asked('2026-12-31T12:00:00Z')).toEqual([]);
    expect(await asked('2027-01-01T08:00:00Z')).toEqual([]);
    expect(await asked('2027-01-01T09:00:00Z')).toEqual([['The month of the run is over', [planner]]]);
    expect(await asked('2027-01-07T09:00:00Z')).toEqual([]);
    // Stopped on the day itself, it is asked later that week; never twice a week.
    expect(await asked('2027-01-09T11:00:00Z')).toHaveLength(1);
    expect(await asked('2027-01-10T11:00:00Z')).toEqual([]);
    const header = 'SERVICE_ID,SERVICE_NAME,PROVIDER_ORG_ID,LOCATION_ORG_ID,DIRECTLY_BOOKABLE_IND,CURRENT_ASID';
    const rows = services.map((one) => `${one.serviceId},Service,XR1,${one.site},Y,${one.to.asid}`);
    await office.import(`${[header, ...rows].join('\n')}\n`, 'taken=2026-12-31');
    expect(await asked('2027-01-15T09:00:00Z')).toEqual([
      [expect.stringContaining('An extract of after the run is here'), [planner]],
    ]);
    await office.as('planner').done('reconcile extract');
    expect(await asked('2027-01-22T09:00:00Z')).toEqual([]);
    expect(await asked('2027-03-22T09:00:00Z')).toEqual([]);
  });
});
