import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import { expected, readOnScreen, reconcileExtract, toRead } from '../../src/domain/reconcile.ts';
import type { ReconcileFacts } from '../../src/domain/reconcile-shown.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { service as extracted } from '../domain/plan-service.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { openImportOffice } from '../support/import-office.ts';
import { plannedService } from '../support/notice-facts.ts';
import { type Office, openOffice } from '../support/office.ts';

const NIGHT = '2026-12-08T22:00:00Z';

async function ask(office: Office, desk: Parameters<Office['as']>[0], text: string): Promise<ReconcileFacts> {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  expect(toPlainText(cardOf(outcome.answer))).not.toMatch(/undefined|\[object|NaN/);
  return outcome.answer.facts as unknown as ReconcileFacts;
}

eachDatabase('26: reconciling', (database) => {
  it('26: the same night the verification services and one of each other site are read on the screen; each difference has an owner', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await givenGoLive(office);
    const first = await ask(office, 'tester', 'reconcile');
    expect(first.readings.map(({ serviceId }) => serviceId)).toEqual(['7000001', '7000003', '7000005']);
    const planned = first.readings[0]?.planned ?? '';
    const wrong = await ask(office, 'tester', 'reconcile read 7000003 200000000220');
    expect(wrong.open).toMatchObject([
      { serviceId: '7000003', kind: 'still-old', owner: 'service definer', source: 'screen' },
    ]);
    const calls = await office.connection.db
      .selectFrom('posting')
      .select(['message', 'people'])
      .where('kind', '=', 'call')
      .execute();
    expect(calls.at(-1)?.message).toContain('7000003 still on the old system');
    expect(calls.at(-1)?.people.length).toBeGreaterThan(0);
    const elsewhere = await ask(office, 'tester', 'reconcile read 7000005 200000009999');
    expect(elsewhere.open.map(({ kind }) => kind)).toEqual(['still-old', 'elsewhere']);
    // Linked by hand and read again: the difference is gone.
    const again = await ask(office, 'service-definer', `reconcile read 7000003 ${planned}`);
    expect(again.open.map(({ serviceId }) => serviceId)).toEqual(['7000005']);
    const settled = await ask(office, 'service-definer', 'reconcile settle 7000005 a clinic that moved on purpose');
    expect(settled).toMatchObject({ open: [], settled: 1 });
    expect(await office.as('tester').refused('reconcile read 7000006')).toBe('unknown-service');
    expect(await office.as('service-definer').refused('reconcile settle all nothing is open')).toBe('nothing-open');
    expect(await office.as('observer').refused('reconcile read all')).toBe('role');
  });

  it('26: "all as planned" leaves what was read otherwise; what was settled and is seen again is open again', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await givenGoLive(office);
    await ask(office, 'tester', 'reconcile read 7000003 asid=200000000220');
    const swept = await ask(office, 'tester', 'reconcile read all');
    expect(swept).toMatchObject({ read: 3, toRead: 3, openCount: 1, open: [{ serviceId: '7000003' }] });
    expect(swept.notice).toContain('7000003 was read otherwise and left so');
    await ask(office, 'service-definer', 'reconcile settle 7000003 linked by hand');
    const again = await ask(office, 'tester', 'reconcile read 7000003 asid=200000000220');
    expect(again).toMatchObject({ openCount: 1, settled: 0 });
    // What its button opens asks which and what was done.
    const form = await office.as('service-definer').click('reconcile', { what: 'settle', plan: '1' });
    expect(form).toMatchObject({
      kind: 'form',
      form: { fields: expect.arrayContaining([expect.objectContaining({ name: 'note' })]) },
    });
    // Another reading opens nothing else again.
    await ask(office, 'service-definer', 'reconcile settle 7000003 linked by hand at last');
    expect(await ask(office, 'tester', 'reconcile read 7000005')).toMatchObject({ openCount: 0, settled: 1 });
  });

  it('26: a difference keeps when it was found first, and says what was read last', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await givenGoLive(office);
    await ask(office, 'tester', 'reconcile read 7000003 asid=200000000220');
    office.clock.set('2026-12-08T22:30:00Z');
    const again = await ask(office, 'tester', 'reconcile read 7000003 asid=200000009999');
    expect(again.open).toMatchObject([{ foundAt: NIGHT, kind: 'elsewhere' }]);
    expect(again.open[0]?.detail).toContain('200000009999 read');
  });

  it('26: an extract of the month end in which the run was not over yet is none of after the run', async () => {
    const office = await openImportOffice(await database.open(), { now: NIGHT });
    const { services } = await givenGoLive(office);
    const { db } = office.connection;
    const window = { window_from: '2026-12-31T20:00:00Z', window_to: '2027-01-01T06:00:00Z' };
    const run = { ...window, started_at: '2026-12-31T23:30:00Z' };
    const [first] = await db.updateTable('run').set(run).returning('id').execute();
    await db
      .insertInto('run_item')
      .values(
        services.map(({ serviceId, name, site, from, to }, position) => ({
          run_id: first?.id ?? 0,
          service_id: serviceId,
          name,
          site,
          position,
          tick_group: 1,
          from_org: from.organisation,
          from_asid: from.asid,
          to_org: to.organisation,
          to_asid: to.asid,
          state: 'confirmed' as const,
          settled_at: position < 3 ? '2026-12-31T23:50:00Z' : '2027-01-01T00:20:00Z',
        })),
      )
      .execute();
    office.clock.set('2027-01-04T09:00:00Z');
    const header = 'SERVICE_ID,SERVICE_NAME,PROVIDER_ORG_ID,LOCATION_ORG_ID,DIRECTLY_BOOKABLE_IND,CURRENT_ASID';
    const rows = services.map(
      (one, at) => `${one.serviceId},Service,XR1,${one.site},Y,${at < 3 ? one.to.asid : one.from.asid}`,
    );
    await office.import(`${[header, ...rows].join('\n')}\n`, 'taken=2026-12-31');
    expect(await office.as('e-rs-lead').refused('reconcile extract')).toBe('no-fresh-extract');
    expect(JSON.stringify((await office.as('planner').done('status')).waitsForYou)).not.toContain('extract');
  });

  it('26: the next extract is imported and compared; each difference is its owner’s until it is settled', async () => {
    const office = await openImportOffice(await database.open(), { now: NIGHT });
    const { services } = await givenGoLive(office);
    office.clock.set('2027-01-04T09:00:00Z');
    const row = (id: string, site: string, asid: string) => `${id},Service ${id},XR1,${site},Y,${asid}`;
    const [first, second, third, ...rest] = services;
    if (!first || !second || !third) throw new Error('There are six services.');
    const header = 'SERVICE_ID,SERVICE_NAME,PROVIDER_ORG_ID,LOCATION_ORG_ID,DIRECTLY_BOOKABLE_IND,CURRENT_ASID';
    const lines = [
      row(first.serviceId, first.site, first.from.asid),
      row(second.serviceId, second.site, '200000009999'),
      ...rest.map((one) => row(one.serviceId, one.site, one.to.asid)),
    ];
    const waits = async () => (await office.as('planner').done('status')).waitsForYou as string[];
    expect(await waits()).toContain('Plan 1: the extract of after the run, download EBSX05 and import it, /bsu import');
    const file = await office.upload(`${[header, ...lines].join('\n')}\n`);
    const imported = await office.as('planner').type(`import ${file} taken=2026-12-31`);
    expect(imported.kind === 'answer' && imported.answer.next?.[0]).toEqual({
      label: 'Compare it with plan 1',
      verb: 'reconcile',
      input: { what: 'extract', plan: '1' },
    });
    expect(await waits()).toContain('Plan 1: compare it with the newest extract, /bsu reconcile extract');
    expect(await ask(office, 'observer', 'reconcile')).toMatchObject({ compared: null });
    const compared = await ask(office, 'e-rs-lead', 'reconcile extract');
    expect(compared.notice).toBe('Snapshot 2: 3 as planned, 3 differences.');
    expect(compared.open.map(({ serviceId, kind, owner }) => [serviceId, kind, owner])).toEqual([
      [first.serviceId, 'still-old', 'service definer'],
      [second.serviceId, 'elsewhere', 'service definer'],
      [third.serviceId, 'gone', 'planner'],
    ]);
    const comparison = { snapshot: 2, taken: '2026-12-31', asPlanned: 3, differences: 3, by: 'The e-rs-lead' };
    expect(compared.compared).toMatchObject(comparison);
    expect((await waits()).join()).not.toContain('extract');
    const settled = await ask(office, 'planner', `reconcile settle ${third.serviceId} closed by the trust in December`);
    expect(settled).toMatchObject({ openCount: 2, settled: 1 });
    // The same extract says nothing new: what was settled stays so.
    await office.connection.db.deleteFrom('posting').where('kind', '=', 'call').execute();
    const same = await ask(office, 'e-rs-lead', 'reconcile extract');
    expect(same).toMatchObject({ openCount: 2, settled: 1 });
    expect(same.notice).toBe('Snapshot 2: 3 as planned, 3 differences, 1 of them settled.');
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls.at(-1)?.message).toContain('2 services not as plan 1 says');
    expect(calls.at(-1)?.message).not.toContain(third.serviceId);
    // The one of the next month shows that the first was put right: it is open no more, and the other since it was found.
    office.clock.set('2027-02-03T09:00:00Z');
    const next = [row(first.serviceId, first.site, first.to.asid), ...lines.slice(1)];
    await office.import(`${[header, ...next].join('\n')}\n`, 'taken=2027-01-31');
    const later = await ask(office, 'e-rs-lead', 'reconcile extract');
    expect(later.open.map(({ serviceId, foundAt, source }) => [serviceId, foundAt, source])).toEqual([
      [second.serviceId, '2027-01-04T09:00:00Z', 'snapshot 3'],
      [third.serviceId, '2027-02-03T09:00:00Z', 'snapshot 3'],
    ]);
    await ask(office, 'service-definer', 'reconcile settle all linked by hand');
    await office.connection.db.deleteFrom('posting').where('kind', '=', 'call').execute();
    await ask(office, 'e-rs-lead', 'reconcile extract');
    expect(await office.connection.db.selectFrom('posting').select('id').where('kind', '=', 'call').execute()).toEqual(
      [],
    );
  });

  it('26: the file has every service of the plan: as planned, different, or not looked at yet', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await givenGoLive(office);
    await office.as('tester').done('reconcile read 7000001');
    const outcome = await office.as('tester').type('reconcile read 7000003 asid=200000000220');
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    const lines = (outcome.answer.files?.[0]?.text ?? '').trim().split('\r\n').slice(1);
    const state = (id: string) => lines.find((line) => line.startsWith(id));
    expect(lines).toHaveLength(6);
    expect(state('7000001')).toContain(',as planned,');
    expect(state('7000003')).toContain('still on the old system');
    expect(state('7000006')).toContain('not looked at yet');
  });

  it('26: an extract of before the run compares nothing', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await givenGoLive(office);
    expect(await office.as('e-rs-lead').refused('reconcile extract')).toBe('no-fresh-extract');
  });
});

it('26: a fresh extract is set against the plan: as planned, still old, elsewhere, gone, and changed though not planned', () => {
  const planned = ['1', '2', '3', '4'].map((n) => plannedService(`700000${n}`, { site: 'XR101' }));
  const [service] = planned;
  if (!service) throw new Error('There is a service.');
  const at = (id: string, asid: string) => extracted(id, { providerOrg: service.from.organisation, currentAsid: asid });
  const before = [
    ...planned.map((one) => at(one.serviceId, service.from.asid)),
    at('7000008', '300000000001'),
    at('7000009', '300000000001'),
  ];
  const after = [
    extracted('7000001', { providerOrg: service.to.organisation, currentAsid: service.to.asid }),
    extracted('7000002', { providerOrg: service.from.organisation, currentAsid: service.from.asid }),
    at('7000003', '300000000009'),
    at('7000008', '300000000001'),
    at('7000009', '300000000002'),
  ];
  const { asPlanned, differences } = reconcileExtract(planned, before, after);
  expect(asPlanned).toBe(1);
  expect(differences.map(({ serviceId, kind }) => [serviceId, kind])).toEqual([
    ['7000002', 'still-old'],
    ['7000003', 'elsewhere'],
    ['7000004', 'gone'],
    ['7000009', 'changed-unplanned'],
  ]);
});

it('26: however the plan is made, every site is read and no service twice', () => {
  const anyServices = fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(anyServices, fc.nat(), (sites, pick) => {
      const services = sites.map((site, index) => plannedService(String(7000001 + index), { site }));
      const chosen = services.filter((_, index) => (pick >> index) % 2 === 1).map(({ serviceId }) => serviceId);
      const read = toRead(services, chosen);
      expect(new Set(read.map(({ site }) => site))).toEqual(new Set(sites));
      expect(new Set(read).size).toBe(read.length);
      for (const id of chosen) expect(read.some(({ serviceId }) => serviceId === id)).toBe(true);
    }),
  );
});

it('26: a plan that was taken back is expected where its services were before', () => {
  const planned = plannedService('7000001');
  const [back] = expected('rolled-back', [planned]);
  const [there] = expected('verifying', [planned]);
  if (!back || !there) throw new Error('There is a service.');
  expect(readOnScreen(back, planned.from.asid)).toBeNull();
  expect(readOnScreen(back, planned.to.asid)).toMatchObject({ kind: 'elsewhere' });
  expect(readOnScreen(there, planned.from.asid)).toMatchObject({ kind: 'still-old' });
});

it('26: what another plan of the migration moved, to where it says, was planned', () => {
  const mine = plannedService('7000001');
  const other = plannedService('7000008');
  const at = (id: string, asid: string) => extracted(id, { providerOrg: mine.from.organisation, currentAsid: asid });
  const before = [at('7000001', mine.from.asid), at('7000008', other.from.asid)];
  const moved = (asid: string) =>
    reconcileExtract([mine], before, [at('7000001', mine.to.asid), at('7000008', asid)], [other]).differences;
  expect(moved(other.to.asid)).toEqual([]);
  expect(moved('300000000009')).toMatchObject([{ serviceId: '7000008', kind: 'changed-unplanned' }]);
});
