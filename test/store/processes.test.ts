import { expect, it } from 'vitest';
import { storeOf } from '../../src/store/store.ts';
import { eachDatabase, onServer } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

const NOW = '2026-12-01T19:00:00Z';

/** A card that an owner is posting, with a lease of an hour. */
async function posting(
  connection: Awaited<ReturnType<Parameters<Parameters<typeof eachDatabase>[1]>[0]['open']>>,
  owner: string,
) {
  const office = await openOffice(connection);
  await office.store.postings.touch(office.migrationId, 'plan:1', NOW);
  expect(await office.store.postings.claim(owner, ['chat'], 5, 3_600)).toHaveLength(1);
  return office;
}

eachDatabase('processes', (database) => {
  it('16: alone on the folder, what every earlier process held is free at once', async () => {
    const office = await posting(await database.open(), 'earlier');
    const { processes, postings } = office.store;
    await processes.announce('earlier', 1, NOW);
    await processes.announce('now', 2, NOW);
    expect(await postings.claim('now', ['chat'], 5, 60)).toEqual([]);
    expect(await processes.buryDead('now', true)).toEqual(['earlier']);
    expect(await postings.claim('now', ['chat'], 5, 60)).toMatchObject([{ subject: 'plan:1', maybePosted: true }]);
  });
});

onServer('processes', (database) => {
  it('16: what another replica holds is free only once its lock is gone', async () => {
    const connection = await database.open();
    const other = await database.another();
    await posting(connection, 'other');
    await storeOf(other.db).processes.announce('other', 77, NOW);
    const liveness = await other.liveness(77);
    const look = () => connection.transaction((trx) => storeOf(trx).processes.buryDead('now', false));
    expect(await look()).toEqual([]);
    await liveness.release();
    expect(await look()).toEqual(['other']);
    expect(await storeOf(connection.db).postings.claim('now', ['chat'], 5, 60)).toHaveLength(1);
  });
});
