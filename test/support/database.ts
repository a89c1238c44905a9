import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Connection, connectEmbedded, connectServer } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';

export interface TestDatabase {
  readonly kind: 'embedded' | 'server';
  /** A migrated, empty database; the same one each time, emptied. */
  open(): Promise<Connection>;
  /** Another connection to the same database, for real concurrency; on embedded it is the same session. */
  another(): Promise<Connection>;
}

/**
 * Runs the same tests on embedded PostgreSQL, and on a server where TEST_DATABASE_URL names one: there a database
 * `changeover_test_<random>` is created and dropped; nothing else is touched.
 */
export function eachDatabase(name: string, tests: (database: TestDatabase) => void): void {
  describe(`${name}, embedded`, () => tests(embeddedDatabase()));
  const url = process.env.TEST_DATABASE_URL;
  if (url) describe(`${name}, server`, () => tests(serverDatabase(url)));
}

/** Only where a server is there: races need real concurrency. */
export function onServer(name: string, tests: (database: TestDatabase) => void): void {
  const url = process.env.TEST_DATABASE_URL;
  describe.skipIf(!url)(`${name}, server (needs TEST_DATABASE_URL)`, () =>
    tests(serverDatabase(url ?? 'postgres://nowhere')),
  );
}

function embeddedDatabase(): TestDatabase {
  return {
    kind: 'embedded',
    async open() {
      const connection = await sharedEmbedded();
      await empty(connection);
      return connection;
    },
    another: sharedEmbedded,
  };
}

let shared: Promise<Connection> | undefined;

/** One embedded database a worker, migrated once. */
function sharedEmbedded(): Promise<Connection> {
  shared ??= (async () => {
    const connection = await connectEmbedded(null);
    await migrate(connection);
    return connection;
  })();
  return shared;
}

function serverDatabase(url: string): TestDatabase {
  const name = `changeover_test_${randomBytes(6).toString('hex')}`;
  const open: Connection[] = [];
  const place = new URL(url);
  place.pathname = `/${name}`;
  const connectHere = async () => {
    const connection = await connectServer(place.toString(), 6);
    open.push(connection);
    return connection;
  };
  let main: Connection | undefined;
  beforeAll(async () => {
    await administer(url, `create database ${name}`);
    main = await connectHere();
    await migrate(main);
  });
  afterAll(async () => {
    await Promise.all(open.map((connection) => connection.close()));
    await administer(url, `drop database if exists ${name} with (force)`);
  });
  return {
    kind: 'server',
    async open() {
      if (!main) throw new Error('The database is opened in a test, not while tests are collected.');
      await empty(main);
      return main;
    },
    another: connectHere,
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Rows go, sequences begin again. Deleting is many times faster than truncating sixty small tables on a disk that is synced. */
async function empty(connection: Connection): Promise<void> {
  await sql
    .raw(`do $$ declare one record; begin
      set local session_replication_role = replica;
      for one in select quote_ident(tablename) as name from pg_tables
        where schemaname = 'public' and tablename not like 'kysely_%'
      loop execute 'delete from ' || one.name; end loop;
      for one in select quote_ident(sequencename) as name from pg_sequences
        where schemaname = 'public' and last_value is not null
      loop execute 'alter sequence ' || one.name || ' restart'; end loop;
    end $$`)
    .execute(connection.db);
}
