import { expect, it } from 'vitest';
import { forgetAddresses } from '../../src/jobs/forget-addresses.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { openImportOffice } from '../support/import-office.ts';
import type { Office } from '../support/office.ts';
import { openApprovedOffice } from '../support/run-office.ts';

async function addresses(office: Office): Promise<number> {
  const lists = await office.connection.db
    .selectFrom('recipient')
    .select('email')
    .where('email', 'is not', null)
    .execute();
  const sent = await office.connection.db
    .selectFrom('delivery')
    .select('email')
    .where('email', 'is not', null)
    .execute();
  return lists.length + sent.length;
}

async function forgetAt(office: Office, at: string): Promise<void> {
  await forgetAddresses.run(office.store, Temporal.Instant.from(at));
}

eachDatabase('27: deleting addresses', (database) => {
  it('27: goes by the setting, once every plan is over; the counts and the record stay whole', async () => {
    const office = await openApprovedOffice(database);
    await office.as('e-rs-lead').done('settings addressKeepDays 90');
    const before = await addresses(office);
    expect(before).toBeGreaterThan(0);
    // A plan is live: nothing goes, however much time has passed.
    await forgetAt(office, '2028-01-01T00:00:00Z');
    expect(await addresses(office)).toBe(before);
    await office.connection.db
      .updateTable('plan')
      .set({ state: 'completed', state_since: '2026-12-09T08:00:00Z' })
      .execute();
    await office.connection.db.updateTable('notice').set({ status: 'finished' }).execute();
    await forgetAt(office, '2027-03-09T07:00:00Z');
    expect(await addresses(office)).toBe(before);
    await forgetAt(office, '2027-03-09T09:00:00Z');
    expect(await addresses(office)).toBe(0);
    const keys = await office.connection.db
      .selectFrom('delivery')
      .select(['address_key', 'status', 'telephone'])
      .execute();
    expect(keys.map(({ status, telephone }) => [status, telephone])).toEqual(keys.map(() => ['sent', null]));
    expect(JSON.stringify(keys)).not.toContain('@');
    // A mail that had failed is offered to nobody for another try: there is no address to try.
    const [one] = await office.connection.db
      .updateTable('delivery')
      .set({ status: 'failed' })
      .returning('notice_id')
      .execute();
    const noticeId = one?.notice_id ?? 0;
    expect(await office.store.deliveries.counts(noticeId)).toMatchObject({ resendable: 0 });
    expect(await office.store.deliveries.requeue(noticeId, ['failed'])).toBe(0);
    await forgetAt(office, '2027-03-10T09:00:00Z');
    const record = await office.as('observer').done('audit verify');
    expect(record).toMatchObject({ faults: [] });
    const listed = JSON.stringify(await office.as('observer').done('audit 50'));
    expect(listed.split('addresses.deleted').length).toBe(2);
  });

  it('27: an address with a mistake in it, for which its line of the list was left out, goes too', async () => {
    const office = await openImportOffice(await database.open(), { now: '2026-12-08T22:00:00Z' });
    const { plan } = await givenGoLive(office);
    const list =
      'code,name,kind,email,telephone,from,to\nQXX1,A board,commissioner,a.name@@icb.example,,,\nQXX2,Another,commissioner,b@icb.example,,,\n';
    expect(await office.import(list, 'recipients')).toMatchObject({ kept: 1, errors: 1 });
    await office.store.plans.moveTo(plan.id, 'completed', { personId: 1, at: '2026-12-09T08:00:00Z', words: 'done' });
    const kept = async () => JSON.stringify((await office.store.exports.whole(office.migrationId, '')).tables);
    expect(await kept()).toContain('a.name@@icb.example');
    await forgetAt(office, '2028-12-09T09:00:00Z');
    expect(await kept()).not.toContain('icb.example');
    // Once: there is nothing left to delete.
    expect(await office.store.retention.over()).toEqual([]);
  });
});
