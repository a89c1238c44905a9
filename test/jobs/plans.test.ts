import { beforeAll, expect, it } from 'vitest';
import { expirePlans } from '../../src/jobs/expire-plans.ts';
import { tellFree } from '../../src/jobs/tell-free.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';

eachDatabase('plans in time', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);
  const posted = (office: Office, kind: 'direct' | 'call') =>
    office.connection.db
      .selectFrom('posting')
      .select(['people', 'message'])
      .where('kind', '=', kind)
      .orderBy('id')
      .execute();

  it('10: an approved plan expires a day after its last window, its votes end and its services are free', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    for (const desk of ['approver', 'second-approver', 'clinical-safety-officer'] as const) {
      await office.as(desk).done(`approve ${code}`);
    }
    const state = async () => ((await office.as('planner').done('show 1')).plan as { state: string }).state;
    office.clock.set('2026-12-09T23:29:00Z');
    await expirePlans.run(office.store, office.clock.now());
    expect(await state()).toBe('approved');
    office.clock.set('2026-12-09T23:30:00Z');
    await expirePlans.run(office.store, office.clock.now());
    expect(await state()).toBe('expired');
    expect((await posted(office, 'call')).at(-1)).toEqual({
      people: [await idOf(office, 'planner')],
      message: expect.stringContaining('Plan 1 expired: its last window passed without a run.'),
    });
    const [event] = await office.store.audit.latest(`migration:${office.migrationId}`, 1);
    expect(event?.act).toBe('plan.expired');
    expect(await office.as('planner').done('plan XR101 --save')).toMatchObject({ number: 2, services: 5 });
    expect(await office.as('approver').refused(`approve ${code}`)).toBe('plan-state');
    await expirePlans.run(office.store, office.clock.now());
  });

  it('10: a later reserve window keeps it, and a draft never expires', async () => {
    const office = await openPlanOffice(database);
    await submitted(office, 'XR101');
    await office.as('planner').done('window plan=1 from="2026-12-15 20:15" to="2026-12-15 23:30"');
    await office.as('planner').done('plan XR102 --save');
    office.clock.set('2026-12-12T09:00:00Z');
    await expirePlans.run(office.store, office.clock.now());
    const states = (await office.store.plans.list(office.migrationId)).map(({ state }) => state);
    expect(states).toEqual(['draft', 'submitted']);
  });

  it('4: the author of a plan that was saved without held services is told when they are free, once', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan XR101 --save');
    await office.as('e-rs-lead').done('plan site=XR101,XR102 --save');
    await tellFree.run(office.store, office.clock.now());
    expect(await posted(office, 'direct')).toEqual([]);
    await office.as('planner').done('plan 1 remove=7000001 --save');
    await tellFree.run(office.store, office.clock.now());
    expect(await posted(office, 'direct')).toEqual([]);
    await office.as('planner').done('withdraw plan=1 the wave was cut differently');
    for (const _again of [1, 2]) await tellFree.run(office.store, office.clock.now());
    expect(await posted(office, 'direct')).toEqual([
      {
        people: [await idOf(office, 'e-rs-lead')],
        message: expect.stringMatching(/^5 services that plan 1 held are free \(7000001, .*`\/bsu plan 2 --refresh`/),
      },
    ]);
    expect(await office.as('e-rs-lead').done('plan 2 --refresh --save')).toMatchObject({ services: 8 });
  });

  it('4: who has taken them already is not told', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan XR101 --save');
    await office.as('e-rs-lead').done('plan site=XR101,XR102 --save');
    await office.as('planner').done('withdraw plan=1 the wave was cut differently');
    await office.as('e-rs-lead').done('plan 2 --refresh --save');
    await tellFree.run(office.store, office.clock.now());
    await office.as('e-rs-lead').done('withdraw plan=2 the wave was cut differently');
    await tellFree.run(office.store, office.clock.now());
    expect(await posted(office, 'direct')).toEqual([]);
  });

  it('4: who could have none of them asks to be told', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done('plan XR101 --save');
    const refused = await office.as('e-rs-lead').type('plan XR101');
    const remedy = refused.kind === 'refusal' ? refused.refusal.remedy.at(-1) : undefined;
    expect(remedy).toMatchObject({ verb: 'plan', input: { wait: '1' } });
    await office.as('e-rs-lead').click('plan', remedy?.input);
    await office.as('planner').done('withdraw plan=1 the wave was cut differently');
    await tellFree.run(office.store, office.clock.now());
    expect(await posted(office, 'direct')).toMatchObject([{ message: expect.stringContaining('let its services go') }]);
    expect(await office.as('e-rs-lead').refused('plan wait=1')).toBe('plan-state');
  });
});
