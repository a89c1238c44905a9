import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type Connection, connectEmbedded, connectServer } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import type { BenchContext } from './figure.ts';

/** A migrated database of its own: a folder on disk, or `changeover_test_<random>` on the server; `close` removes it. */
export async function benchDatabase(context: Pick<BenchContext, 'db' | 'url' | 'folder'>): Promise<Connection> {
  if (context.db === 'embedded') {
    const connection = await connectEmbedded(`${context.folder}/data-${randomBytes(4).toString('hex')}`);
    await migrate(connection);
    return connection;
  }
  const name = `changeover_test_${randomBytes(6).toString('hex')}`;
  const place = new URL(context.url);
  place.pathname = `/${name}`;
  await administer(context.url, `create database ${name}`);
  const connection = await connectServer(place.toString());
  await migrate(connection);
  return {
    ...connection,
    async close() {
      await connection.close();
      await administer(context.url, `drop database if exists ${name} with (force)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A migrated database of its own on the server, filled by `fill`, for other processes to connect to; `drop` removes it. */
export async function benchServerDatabase(
  url: string,
  fill: (connection: Connection) => Promise<void>,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  if (url === '') throw new Error('This bench needs a PostgreSQL server: set TEST_DATABASE_URL.');
  const name = `changeover_test_${randomBytes(6).toString('hex')}`;
  const place = new URL(url);
  place.pathname = `/${name}`;
  await administer(url, `create database ${name}`);
  const connection = await connectServer(place.href);
  await migrate(connection);
  await fill(connection);
  await connection.close();
  return { url: place.href, drop: () => administer(url, `drop database if exists ${name} with (force)`) };
}
