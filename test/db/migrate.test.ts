import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { type Connection, connectEmbedded } from '../../db/connect.ts';
import { askHolder, FolderHeld } from '../../db/folder-lock.ts';
import { migrate, stampMode } from '../../db/migrate.ts';
import { eachDatabase, onServer } from '../support/database.ts';

const NOW = '2026-12-01T19:00:00Z';
const open: Connection[] = [];
afterAll(async () => {
  for (const connection of open) await connection.close();
});

eachDatabase('migrating', (database) => {
  it('a second time changes nothing', async () => {
    const connection = await database.open();
    const tables = () =>
      sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(
        connection.db,
      );
    const before = (await tables()).rows;
    await migrate(connection);
    expect((await tables()).rows).toEqual(before);
    expect(before.map(({ name }) => name)).toContain('audit_event');
  });

  it('a database stamped for one mode is refused in the other', async () => {
    const connection = await database.open();
    await stampMode(connection, 'rehearsal', NOW);
    await expect(stampMode(connection, 'rehearsal', NOW)).resolves.toBeUndefined();
    await expect(stampMode(connection, 'service', NOW)).rejects.toThrow('belongs to rehearsal mode');
  });

  it('instants, dates and counts come back alike from both forms', async () => {
    const { db } = await database.open();
    const { rows } = await sql<{ at: string; day: string; many: number }>`
      select timestamptz '2026-10-25 01:30:00.5+01' as at, date '2026-10-25' as day, count(*) as many from pg_class where false`.execute(
      db,
    );
    expect(rows[0]).toEqual({ at: '2026-10-25T00:30:00.5Z', day: '2026-10-25', many: 0 });
  });

  it('a query beside an open transaction does not run inside it', async () => {
    const connection = await database.open();
    const inside = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const rolledBack = connection.transaction(async (trx) => {
      await trx.insertInto('replay_key').values({ key: 'inside', seen_at: NOW }).execute();
      inside.resolve();
      await finish.promise;
      throw new Error('rolled back');
    });
    await inside.promise;
    const outside = connection.db.insertInto('replay_key').values({ key: 'outside', seen_at: NOW }).execute();
    finish.resolve();
    await expect(rolledBack).rejects.toThrow('rolled back');
    await outside;
    const keys = await connection.db.selectFrom('replay_key').select('key').execute();
    expect(keys).toEqual([{ key: 'outside' }]);
  });

  it('a transaction begun inside another is refused instead of waiting for ever', async () => {
    const connection = await database.open();
    await expect(connection.transaction(() => connection.transaction(async () => 1))).rejects.toThrow('inside another');
  });
});

onServer('migrating', (database) => {
  it('two processes at once leave one whole schema', async () => {
    const first = await database.open();
    await sql`drop schema public cascade`.execute(first.db);
    await sql`create schema public`.execute(first.db);
    const second = await database.another();
    await Promise.all([migrate(first), migrate(second)]);
    await stampMode(second, 'rehearsal', NOW);
    expect(await first.db.selectFrom('installation').select('mode').execute()).toEqual([{ mode: 'rehearsal' }]);
  });
});

it('a data folder belongs to one process, and keeps what was written when it is opened again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'changeover-lock-'));
  const first = await connectEmbedded(folder);
  await migrate(first);
  await stampMode(first, 'rehearsal', NOW);
  first.lock?.serve(async (line) => `heard ${line}`);
  const refused = await connectEmbedded(folder).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FolderHeld);
  expect(await askHolder((refused as FolderHeld).address, 'hello')).toBe('heard hello');
  await first.close();
  const again = await connectEmbedded(folder);
  open.push(again);
  expect(await again.db.selectFrom('installation').select('mode').execute()).toEqual([{ mode: 'rehearsal' }]);
});
