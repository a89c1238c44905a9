import { beforeAll, beforeEach, expect, it } from 'vitest';
import { tellDeputies } from '../../src/jobs/tell-deputies.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';
import { openReadyOffice } from '../support/run-office.ts';

eachDatabase('calls that nobody answers', (database) => {
  let office: Office;

  beforeAll(async () => void (await database.open()), 120_000);
  beforeEach(async () => {
    office = await openReadyOffice(database);
    const now = office.clock.now().toString();
    const account = { platform: 'slack' as const, tenant: 'T0TEAM', userId: 'U0DEPUTY', guest: false };
    await office.store.people.join(await idOf(office, 'deputy'), account, now);
    await office.as('service-definer').done('run');
  });

  const direct = () =>
    office.connection.db
      .selectFrom('posting')
      .select(['platform', 'channel_id', 'message', 'people'])
      .where('kind', '=', 'direct')
      .orderBy('platform')
      .execute();
  const after = async (minutes: number) => {
    office.clock.set(office.clock.now().add({ minutes }).toString());
    await tellDeputies.run(office.store, office.clock.now());
  };

  it('19: a paused run that nobody answers goes to the deputy directly after 10 minutes, once', async () => {
    await office.as('observer').done('pause');
    await after(9);
    expect(await direct()).toEqual([]);
    await after(1);
    const people = [await idOf(office, 'deputy')];
    const message = expect.stringContaining('nobody has answered this for 10 minutes');
    expect(await direct()).toEqual([
      { platform: 'chat', channel_id: 'migration', message, people },
      { platform: 'slack', channel_id: 'U0DEPUTY', message, people },
    ]);
    await after(30);
    expect(await direct()).toHaveLength(2);
  });

  it('18, 19: an undo that nobody answers goes to the deputy too, while the run is being verified', async () => {
    const { db } = office.connection;
    await db.updateTable('run_item').set({ state: 'confirmed' }).execute();
    await db.updateTable('run').set({ state: 'verifying' }).execute();
    await db.updateTable('plan').set({ state: 'verifying' }).execute();
    await after(5);
    await office.as('service-definer').done('undo checked=now reason="no slots"');
    await after(10);
    const told = await direct();
    expect(told).toHaveLength(2);
    expect(told[0]?.message).toContain('an undo was asked for');
  });

  it('19: a failed test that none of those whom it names answers goes to the deputy too', async () => {
    const { db } = office.connection;
    await db.updateTable('run').set({ state: 'verifying' }).execute();
    await db.updateTable('plan').set({ state: 'verifying' }).execute();
    const { verification } = await db.selectFrom('plan').select('verification').executeTakeFirstOrThrow();
    await office.as('tester').done(`verify ${verification[0]} cancel failed PAS_NOT_RESPONDING`);
    await after(5);
    await office.as('tester').done(`verify ${verification[0]} book passed`);
    await after(5);
    expect(await direct()).toMatchObject([{ platform: 'chat' }, { platform: 'slack' }]);
    await office.as('tester').done(`verify ${verification[0]} remove-slot failed SERVICE_UNAVAILABLE`);
    await after(1);
    await office.as('clinical-safety-officer').done(`accept ${verification[0]} "the site does it by telephone"`);
    await after(30);
    expect(await direct()).toHaveLength(2);
  });

  it('19: once somebody has acted, the deputy is left alone', async () => {
    await office.as('observer').done('pause');
    await after(5);
    await office.as('e-rs-lead').done('resume');
    await after(30);
    expect(await direct()).toEqual([]);
  });
});
