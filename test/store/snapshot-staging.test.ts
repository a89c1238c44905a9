import { expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import type { NewFile } from '../../src/domain/extract-staged.ts';
import { storeOf } from '../../src/store/store.ts';
import { eachDatabase, onServer } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

const AT = '2026-12-01T19:00:00Z';
const NOTHING = { rowsRead: 0, services: 0, elsewhere: 0, errors: 0, warnings: 0, flawCounts: {} };

function file(migrationId: number, over: Partial<NewFile>): NewFile {
  return {
    migrationId,
    kind: 'extract',
    fileName: 'EBSX05.csv',
    sha256: 'a',
    encoding: 'utf-8',
    taken: '2026-11-30',
    columns: [],
    baseId: null,
    extractId: null,
    personId: 1,
    ...over,
  };
}

async function staged(connection: Connection, one: NewFile): Promise<number> {
  const { staging } = storeOf(connection.db);
  const id = await staging.begin(one);
  await staging.finish(id, NOTHING);
  return id;
}

const publish = (connection: Connection, id: number) =>
  connection.transaction((trx) => storeOf(trx).staging.publish(id, AT));

eachDatabase('publishing an import', (database) => {
  it('3: numbers follow one another; the same file twice is known, whichever was read first', async () => {
    const { connection, migrationId, store } = await openOffice(await database.open());
    const [a, again, b] = [
      await staged(connection, file(migrationId, {})),
      await staged(connection, file(migrationId, {})),
      await staged(connection, file(migrationId, { sha256: 'b' })),
    ];
    expect(await publish(connection, a)).toBe('published');
    expect(await publish(connection, again)).toBe('known');
    expect(await publish(connection, b)).toBe('published');
    expect((await store.snapshots.list(migrationId)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('1: a supplement that was read over an older snapshot is not published', async () => {
    const { connection, migrationId } = await openOffice(await database.open());
    const first = await staged(connection, file(migrationId, {}));
    await publish(connection, first);
    const over = { kind: 'supplement', sha256: 's', baseId: first, extractId: first } as const;
    const supplement = await staged(connection, file(migrationId, over));
    await publish(connection, await staged(connection, file(migrationId, { sha256: 'b' })));
    expect(await publish(connection, supplement)).toBe('base-moved');
  });

  it('1: of a list only the newest is known: an earlier one can be put back', async () => {
    const { connection, migrationId, store } = await openOffice(await database.open());
    for (const sha256 of ['one', 'two', 'one']) {
      expect(
        await publish(connection, await staged(connection, file(migrationId, { kind: 'practices', sha256 }))),
      ).toBe('published');
    }
    expect((await store.staging.known(migrationId, 'practices', 'one', null))?.number).toBeNull();
    expect(await store.staging.known(migrationId, 'practices', 'two', null)).toBeNull();
  });
});

onServer('publishing at once', (database) => {
  it('3: five imports at the same moment get five numbers', async () => {
    const { connection, migrationId, store } = await openOffice(await database.open());
    const other = await database.another();
    const ids = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((sha256) => staged(connection, file(migrationId, { sha256 }))),
    );
    await Promise.all(ids.map((id, at) => publish(at % 2 === 0 ? connection : other, id)));
    expect((await store.snapshots.list(migrationId)).map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  });
});
