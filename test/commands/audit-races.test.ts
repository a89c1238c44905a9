import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { onServer } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

onServer('the record is verified while people work', (database) => {
  it('27: what is appended meanwhile is no fault; a cut end still is', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T22:00:00Z' });
    const verify = async () => (await office.as('tester').done('audit verify')).faults as readonly { kind: string }[];
    let over = false;
    const work = async () => {
      while (!over) {
        await office.as('e-rs-lead').done('freeze the supplier asked for it');
        await office.as('e-rs-lead').done('unfreeze');
      }
    };
    const working = work();
    const found: { kind: string }[] = [];
    for (let round = 0; round < 200; round++) {
      found.push(...(await verify()));
      await new Promise(setImmediate);
    }
    over = true;
    await working;
    expect(found).toEqual([]);
    await office.connection.db.transaction().execute(async (db) => {
      await sql`set local session_replication_role = replica`.execute(db);
      await sql`delete from audit_event where chain = ${`migration:${office.migrationId}`}
        and seq = (select seq from audit_head where audit_head.chain = audit_event.chain)`.execute(db);
    });
    expect(await verify()).toMatchObject([{ kind: 'cut' }]);
  });
});
