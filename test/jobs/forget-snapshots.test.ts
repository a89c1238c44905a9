import { expect, it } from 'vitest';
import { forgetSnapshots } from '../../src/jobs/forget-snapshots.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import { removeSnapshotRows } from '../../src/work/remove-snapshot-rows.ts';
import { eachDatabase } from '../support/database.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';

const HEADER = 'SERVICE_ID,SERVICE_NAME,PROVIDER_ORG_ID,LOCATION_ORG_ID,DIRECTLY_BOOKABLE_IND,CURRENT_ASID';

/** An extract of so many services; `mark` makes the file another one. */
function extract(services: number, mark: string): string {
  const rows = Array.from(
    { length: services },
    (_, index) => `${7000001 + index},Service ${mark},XR1,XR10${index % 3},Y,200000000220`,
  );
  return `${[HEADER, ...rows].join('\n')}\n`;
}

async function forgetAt(office: ImportOffice, at: string, steps = { rows: 2 }): Promise<number> {
  office.clock.set(at);
  await office.connection.transaction((trx) => forgetSnapshots.run(storeOf(trx), Temporal.Instant.from(at)));
  let transactions = 0;
  await removeSnapshotRows(
    {
      transaction: (work) => {
        transactions += 1;
        return office.connection.transaction((trx) => work(storeOf(trx)));
      },
      rows: steps.rows,
    },
    () => false,
  );
  return transactions;
}

async function rowsOf(office: ImportOffice, number: number): Promise<number> {
  const snapshot = await office.store.snapshots.byNumber(office.migrationId, number);
  return (await office.store.snapshots.services(snapshot?.id ?? 0)).length;
}

async function threeExtracts(office: ImportOffice): Promise<void> {
  await office.import(extract(6, 'A'), 'taken=2026-11-30');
  office.clock.set('2026-12-02T19:00:00Z');
  await office.import(extract(7, 'B'), 'taken=2026-11-30');
  office.clock.set('2027-01-04T19:00:00Z');
  await office.import(extract(8, 'C'), 'taken=2026-12-31');
}

eachDatabase('27: deleting old snapshots', (database) => {
  it('27: goes by the setting, a while after a newer one came; the header, its counts and hash stay, and the record is whole', async () => {
    const office = await openImportOffice(await database.open());
    await threeExtracts(office);
    // Snapshot 2 was replaced on 4 January; the newest never goes.
    await forgetAt(office, '2027-05-30T19:00:00Z');
    expect([await rowsOf(office, 1), await rowsOf(office, 2), await rowsOf(office, 3)]).toEqual([6, 7, 8]);
    await forgetAt(office, '2027-06-02T19:00:00Z');
    expect([await rowsOf(office, 1), await rowsOf(office, 2), await rowsOf(office, 3)]).toEqual([0, 7, 8]);
    // Six rows, two at a time, and a look that finds nothing left: each in a transaction of its own.
    expect(await forgetAt(office, '2027-07-05T19:00:00Z')).toBeGreaterThan(3);
    expect([await rowsOf(office, 2), await rowsOf(office, 3)]).toEqual([0, 8]);
    const kept = await office.store.snapshots.byNumber(office.migrationId, 1);
    expect(kept).toMatchObject({ services: 6, taken: '2026-11-30', rowsDeletedAt: '2027-06-02T19:00:00Z' });
    expect(kept?.sha256).toMatch(/^[0-9a-f]{64}$/);
    const events = (await office.store.audit.latest(`migration:${office.migrationId}`, 50)).filter(
      ({ act }) => act === 'snapshot.deleted',
    );
    expect(events.map(({ text }) => JSON.parse(text).facts)).toMatchObject([
      { number: 1, services: 6, sha256: kept?.sha256, days: 180 },
      { number: 2, services: 7, days: 180 },
    ]);
    expect(await office.as('observer').done('audit verify')).toMatchObject({ faults: [] });
    // Once: asked again, by another replica too, nothing more is done.
    await forgetAt(office, '2027-07-06T19:00:00Z');
    const after = await office.store.audit.latest(`migration:${office.migrationId}`, 50);
    expect(after.filter(({ act }) => act === 'snapshot.deleted')).toHaveLength(2);
    const exported = await office.as('e-rs-lead').type('export');
    if (exported.kind !== 'answer') throw new Error('no export');
    const file = JSON.parse(exported.answer.files?.[0]?.text ?? '{}');
    expect(file.tables.snapshot).toHaveLength(3);
    expect(file.tables.snapshot[0]).toMatchObject({ number: 1, services: 6, rows_deleted_at: expect.any(String) });
  });

  it('27: what a plan still needs stays, however old: until so long after the plan is over', async () => {
    const office = await openImportOffice(await database.open());
    await office.import(extract(6, 'A'), 'taken=2026-11-30');
    await office.as('planner').done('plan site=XR100 --save');
    office.clock.set('2027-01-04T19:00:00Z');
    await office.import(extract(8, 'C'), 'taken=2026-12-31');
    await forgetAt(office, '2028-01-01T19:00:00Z');
    expect(await rowsOf(office, 1)).toBe(6);
    await office.connection.db
      .updateTable('plan')
      .set({ state: 'completed', state_since: '2028-01-01T19:00:00Z' })
      .execute();
    await forgetAt(office, '2028-06-28T19:00:00Z');
    expect(await rowsOf(office, 1)).toBe(6);
    await forgetAt(office, '2028-06-30T19:00:00Z');
    expect(await rowsOf(office, 1)).toBe(0);
    // The plan itself is still there, with what it moved.
    expect(await office.as('planner').done('show 1')).toMatchObject({ plan: { services: 2 } });
    expect(await office.as('planner').refused('show 1 --all')).toBe('snapshot-deleted');
  });

  it('27: a verb that names a deleted snapshot says so and what to do; its file can be imported again', async () => {
    const office = await openImportOffice(await database.open());
    await threeExtracts(office);
    await forgetAt(office, '2027-12-01T19:00:00Z');
    for (const words of ['services snapshot=1', 'compare 1 3', 'gaps snapshot=1']) {
      const outcome = await office.as('planner').type(words);
      if (outcome.kind !== 'refusal') throw new Error(`${words} was not refused`);
      expect([words, outcome.refusal.code]).toEqual([words, 'snapshot-deleted']);
      expect(outcome.refusal.message).toContain('Snapshot 1 (file.csv, month end 2026-11-30, 6 services)');
      expect(outcome.refusal.remedy[0]?.verb).toBe('import');
    }
    const again = await office.import(extract(6, 'A'), 'taken=2027-11-30');
    expect(again).toMatchObject({ number: 4 });
    expect(await rowsOf(office, 4)).toBe(6);
  });

  it('27: two replicas take the rows out at the same time, a few at a time; killed between, it goes on', async () => {
    const office = await openImportOffice(await database.open());
    await threeExtracts(office);
    office.clock.set('2027-12-01T19:00:00Z');
    const now = office.clock.now();
    await office.connection.transaction((trx) => forgetSnapshots.run(storeOf(trx), now));
    const work = {
      rows: 1,
      transaction: <T>(each: (store: Store) => Promise<T>) =>
        office.connection.transaction((trx) => each(storeOf(trx))),
    };
    let rounds = 0;
    await removeSnapshotRows(work, () => ++rounds > 3);
    const left = () => office.connection.db.selectFrom('service').select('snapshot_id').execute();
    expect((await left()).length).toBe(6 + 7 + 8 - 3);
    await Promise.all([removeSnapshotRows(work, () => false), removeSnapshotRows(work, () => false)]);
    // Whoever finds the other at work goes away; what is left is taken out at the next look.
    await removeSnapshotRows(work, () => false);
    expect((await left()).length).toBe(8);
    const removed = await office.connection.db
      .selectFrom('snapshot')
      .select('number')
      .where('rows_removed_at', 'is not', null)
      .orderBy('number')
      .execute();
    expect(removed.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('27: whoever asks meanwhile is answered between two transactions', async () => {
    const office = await openImportOffice(await database.open());
    await office.import(extract(200, 'A'), 'taken=2026-11-30');
    office.clock.set('2027-01-04T19:00:00Z');
    await office.import(extract(3, 'B'), 'taken=2026-12-31');
    const { connection } = office;
    await connection.transaction((trx) =>
      forgetSnapshots.run(storeOf(trx), Temporal.Instant.from('2028-01-01T19:00:00Z')),
    );
    let over = false;
    const removal = removeSnapshotRows(
      { rows: 2, transaction: (work) => connection.transaction((trx) => work(storeOf(trx))) },
      () => false,
    ).then(() => {
      over = true;
    });
    let answered = 0;
    while (!over) {
      await connection.db.selectFrom('migration').select('id').execute();
      await new Promise((turn) => setImmediate(turn));
      if (!over) answered += 1;
    }
    await removal;
    expect(answered).toBeGreaterThan(20);
  });

  it('27: the time is a setting; one too short is refused', async () => {
    const office = await openImportOffice(await database.open());
    expect(await office.as('e-rs-lead').refused('settings snapshotKeepDays 5')).toBe('setting-too-small');
    await office.as('e-rs-lead').done('settings snapshotKeepDays 30');
    await threeExtracts(office);
    await forgetAt(office, '2027-01-02T20:00:00Z');
    expect(await rowsOf(office, 1)).toBe(0);
    expect(await rowsOf(office, 2)).toBe(7);
  });
});
