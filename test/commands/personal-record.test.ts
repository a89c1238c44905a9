import { expect, it } from 'vitest';
import { forgetAddresses } from '../../src/jobs/forget-addresses.ts';
import { storeOf } from '../../src/store/store.ts';
import { eachDatabase } from '../support/database.ts';
import { practice } from '../support/notices-office.ts';
import type { Office } from '../support/office.ts';
import { openPlanOffice } from '../support/plan-office.ts';
import { approved, go } from '../support/run-office.ts';

const CONTACT = 'the clinic manager of XR101';

/** Everything of a story in which a person is named, reached or written down: by people in chat, and by an operator. */
async function play(office: Office): Promise<void> {
  await office.store.recipients.load(
    office.migrationId,
    [practice('Y00009'), practice('Y00010')].map(({ list: _, ...row }) => row),
    'practices',
  );
  const as = (desk: Parameters<Office['as']>[0]) => office.as(desk);
  await as('communications-lead').done(
    'recipients without=Y00009 reason="they asked, via secretary@practice.example" instead=other@practice.example',
  );
  await as('communications-lead').done('recipients with=Y00009');
  await office.store.recipients.load(office.migrationId, [], 'practices');
  await approved(office);
  await office.connection.db.updateTable('service').set({ contact_phone: null }).execute();
  await as('planner').done(`gaps asked site=XR101 who="${CONTACT}"`);
  await as('planner').done('gaps asked site=XR102 who=clerk@clinic.example');
  await as('e-rs-lead').done('grant colleague@trust.example observer name="A colleague"');
  await as('tester').done('delegate tester colleague@trust.example until="2026-12-09 17:00"');
  await as('e-rs-lead').done('freeze reason="ring desk@supplier.example first"');
  await as('e-rs-lead').done('unfreeze');
  await office.connection.db.updateTable('service').set({ contact_phone: '01632 960 100' }).execute();
  await go(office);
  await as('service-definer').done('run');
  await as('tester').done('pause reason="desk@supplier.example asked"');
  await as('e-rs-lead').done('abort "the supplier asked"');
  await as('observer').done('pack');
  await as('e-rs-lead').done('export');
  const operator = { platform: 'cli', tenant: 'operator', userId: 'operator@trust.example', guest: false } as const;
  const administrator = await office.store.people.byEmail('administrator@rehearsal.example');
  await office.store.people.join(administrator?.id ?? 0, operator, office.clock.now().toString());
  await office.dispatch({
    account: operator,
    channel: null,
    text: `freeze migration=${office.migrationId} reason="chat is down"`,
  });
  const page = { platform: 'page', tenant: 'operator', userId: 'approver@rehearsal.example', guest: false } as const;
  const approver = await office.store.people.byEmail('approver@rehearsal.example');
  await office.store.people.join(approver?.id ?? 0, page, office.clock.now().toString());
  await office.dispatch({
    account: page,
    channel: null,
    text: `freeze migration=${office.migrationId} reason="chat is down"`,
  });
}

/** All that names or reaches a person, wherever it is kept. */
async function personalValues(office: Office): Promise<readonly string[]> {
  const { db } = office.connection;
  const people = await db.selectFrom('person').select(['name', 'email', 'telephone']).execute();
  const recipients = await db.selectFrom('recipient').select(['email', 'telephone']).execute();
  const deliveries = await db.selectFrom('delivery').select(['email', 'telephone']).execute();
  const all = [...people, ...recipients, ...deliveries].flatMap((row) => Object.values(row) as (string | null)[]);
  const told = [CONTACT, 'clerk@', 'desk@', 'secretary@', 'other@', 'operator@'];
  return [...new Set([...all, ...told].filter((value): value is string => value !== null && value !== ''))];
}

async function record(office: Office): Promise<string> {
  const rows = await office.connection.db.selectFrom('audit_event').select('text').orderBy('seq').execute();
  return rows.map(({ text }) => text).join('\n');
}

eachDatabase('27: personal values and the record', (database) => {
  it('27: the record of a whole story holds nobody’s address, telephone or name; deleting the values leaves it whole', async () => {
    const office = await openPlanOffice(database);
    await play(office);
    const text = await record(office);
    for (const act of ['gaps.asked', 'audience.changed', 'time.frozen', 'run.pause', 'pack.made'])
      expect(text.includes(`"act":"${act}"`), act).toBe(true);
    expect(text.includes('"account":"page:operator:person-'), 'a page').toBe(true);
    const values = await personalValues(office);
    expect(values.length).toBeGreaterThan(20);
    expect(values.filter((value) => text.includes(value))).toEqual([]);
    expect(text.match(/[\w.+-]+@[\w-]+\.[a-z]+/g)).toBeNull();
    // Until they are deleted, they can be looked up by their hash.
    const kept = [...(await office.store.personalValues.of(`migration:${office.migrationId}`)).values()];
    expect(kept).toEqual(expect.arrayContaining([CONTACT, 'clerk@clinic.example', 'other@practice.example']));
    await office.connection.db
      .updateTable('plan')
      .set({ state: 'completed', state_since: '2026-12-09T08:00:00Z' })
      .execute();
    await office.connection.db.updateTable('notice').set({ status: 'finished' }).execute();
    await office.connection.transaction((trx) =>
      forgetAddresses.run(storeOf(trx), Temporal.Instant.from('2028-01-01T09:00:00Z')),
    );
    expect(await office.connection.db.selectFrom('personal_value').selectAll().execute()).toEqual([]);
    const requests = await office.connection.db.selectFrom('gap_request').select('asked').execute();
    expect(JSON.stringify(requests)).not.toMatch(/clerk|manager/);
    expect(await office.as('observer').done('audit verify')).toMatchObject({ faults: [] });
  });

  it('27: where no address is left, what the record alone still has is deleted all the same', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').type('gaps asked site=XR102 who=clerk@clinic.example');
    await office.store.audit.append(`migration:${office.migrationId}`, [
      {
        at: '2026-12-01T19:00:00Z',
        act: 'noted',
        about: 'a test',
        person: null,
        account: 'clock',
        facts: { list: ['write to desk@trust.example, or ring'] },
      },
    ]);
    expect(await record(office)).not.toContain('desk@');
    await office.as('planner').done('plan site=XR101 --save');
    await office.connection.db
      .updateTable('plan')
      .set({ state: 'withdrawn', state_since: '2026-12-09T08:00:00Z' })
      .execute();
    await office.connection.transaction((trx) =>
      forgetAddresses.run(storeOf(trx), Temporal.Instant.from('2028-01-01T09:00:00Z')),
    );
    expect(await office.connection.db.selectFrom('personal_value').selectAll().execute()).toEqual([]);
  });
});
