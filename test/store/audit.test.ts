import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Connection, connectServer } from '../../db/connect.ts';
import { grantService } from '../../db/grants.ts';
import { migrate } from '../../db/migrate.ts';
import { verifyChain } from '../../src/domain/audit-check.ts';
import { personal } from '../../src/domain/personal.ts';
import { sha256 } from '../../src/kernel/canonical.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import { eachDatabase, onServer } from '../support/database.ts';
import { go, openReadyOffice } from '../support/run-office.ts';

const CHAIN = 'migration:1';

function events(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    at: '2026-12-01T19:00:00Z',
    act: 'test.done',
    about: `test:${index}`,
    person: null,
    account: 'clock',
    facts: {},
  }));
}

async function chainOf(store: Store) {
  return { rows: await store.audit.page(CHAIN, 0, 1_000), head: await store.audit.head(CHAIN) };
}

const CHANGES = [
  `update audit_event set about = 'other' where seq = 2`,
  `delete from audit_event where seq = 2`,
  `truncate audit_event`,
  `delete from audit_head`,
  `truncate audit_head`,
  `update audit_head set seq = 2, hash = (select hash from audit_event where seq = 2)`,
  `update audit_head set hash = repeat('a', 64)`,
  `update audit_head set seq = seq + 1, hash = repeat('a', 64)`,
];

eachDatabase('27: the record in the database', (database) => {
  it('is only ever added to: the database refuses every other change, and says by which rule', async () => {
    const { db } = await database.open();
    const store = storeOf(db);
    await store.audit.append(CHAIN, events(3));
    for (const change of CHANGES) await expect(sql.raw(change).execute(db), change).rejects.toThrow('Rule 27');
    await store.audit.append(CHAIN, events(2));
    const { rows, head } = await chainOf(store);
    expect(rows.length).toBe(5);
    expect(verifyChain(rows, head)).toEqual([]);
  });

  it('shows what somebody did who took the guard away', async () => {
    const connection = await database.open();
    const store = storeOf(connection.db);
    await store.audit.append(CHAIN, events(4));
    await behindTheGuard(connection, `update audit_event set about = 'other' where seq = 2`);
    await behindTheGuard(connection, `delete from audit_event where seq = 3`);
    const { rows, head } = await chainOf(store);
    expect(verifyChain(rows, head)).toMatchObject([
      { seq: 2, kind: 'changed' },
      { seq: 3, kind: 'missing' },
    ]);
  });

  it('holds personal values by a salted hash; deleted with their salt, they leave it whole', async () => {
    const { db } = await database.open();
    const store = storeOf(db);
    const [event] = events(1);
    await store.audit.append(CHAIN, [{ ...event, facts: { asked: personal('The ward clerk') } } as never]);
    const { rows } = await chainOf(store);
    const kept = await db.selectFrom('personal_value').selectAll().executeTakeFirstOrThrow();
    expect(rows[0]?.text).toContain(sha256(kept.salt + kept.value));
    expect(rows[0]?.text).not.toContain('clerk');
    expect(await store.personalValues.of(CHAIN)).toEqual(new Map([[kept.digest, 'The ward clerk']]));
    expect(await store.personalValues.forget(CHAIN)).toBe(1);
    const after = await chainOf(store);
    expect(verifyChain(after.rows, after.head)).toEqual([]);
    expect(await store.personalValues.of(CHAIN)).toEqual(new Map());
  });

  it('posts its head to the channel at approval, go, the end of the run and completion', async () => {
    const office = await openReadyOffice(database);
    await go(office);
    await office.as('service-definer').done('run');
    await office.as('e-rs-lead').done('abort "the supplier asked"');
    const posted = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .where('message', 'like', 'Record, %')
      .orderBy('id')
      .execute();
    const said = posted.map(({ message }) => message ?? '');
    expect(said.map((message) => message.split(':')[0])).toEqual([
      expect.stringMatching(/^Record, plan 1 approved \(/),
      'Record, go for plan 1',
      'Record, the run is stopped',
    ]);
    for (const message of said) {
      const head = /head ([0-9a-f]{64})/.exec(message)?.[1];
      expect(await office.as('observer').done(`audit verify head=${head}`)).toMatchObject({ faults: [] });
    }
    expect(await office.as('observer').done(`audit verify head=${'ab'.repeat(32)}`)).toMatchObject({
      faults: [{ kind: 'rewritten' }],
    });
  });
});

onServer('27: the service’s own role', (database) => {
  it('reads and appends, and cannot change, delete, empty or unguard the record', async () => {
    const owner = await database.open();
    const name = `changeover_test_${randomBytes(6).toString('hex')}`;
    await sql.raw(`create role ${name} login password '${name}'`).execute(owner.db);
    const service = await connectServer(await addressOf(owner, name), 2);
    try {
      await grantService(owner, name);
      await migrate(service);
      const store = storeOf(service.db);
      expect(await storeOf(owner.db).audit.protection()).toBe('trigger');
      expect(await store.audit.protection()).toBe('role');
      await service.transaction((trx) => storeOf(trx).audit.append(CHAIN, events(3)));
      for (const change of CHANGES) await expect(sql.raw(change).execute(service.db), change).rejects.toThrow();
      for (const change of [
        'alter table audit_event disable trigger all',
        'drop table audit_event',
        'drop function rule_27_append_only cascade',
        'set session_replication_role = replica',
        'create table elsewhere (id int)',
      ]) {
        await expect(sql.raw(change).execute(service.db), change).rejects.toMatchObject({ code: '42501' });
      }
      await sql`insert into personal_value values ('c', 'd', 's', 'v')`.execute(service.db);
      expect(await store.personalValues.forget('c')).toBe(1);
    } finally {
      await service.close();
      await sql.raw(`drop owned by ${name}`).execute(owner.db);
      await sql.raw(`drop role ${name}`).execute(owner.db);
    }
  });
});

/** As somebody with every right on the database could. */
async function behindTheGuard(connection: Connection, change: string): Promise<void> {
  await sql.raw(`do $$ begin set local session_replication_role = replica; ${change}; end $$`).execute(connection.db);
}

async function addressOf(connection: Connection, role: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(connection.db);
  const address = new URL(process.env.TEST_DATABASE_URL ?? '');
  address.pathname = `/${rows[0]?.name}`;
  address.username = role;
  address.password = role;
  return address.toString();
}
