import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/**
 * A database of its own on the server of TEST_DATABASE_URL, for as long as this process has its standard input: prints its
 * address as one line, and drops it when whoever asked for it is gone. It never looks at DATABASE_URL.
 */
const server = process.env.TEST_DATABASE_URL ?? '';
const name = `changeover_test_${randomBytes(6).toString('hex')}`;
await administer(`create database ${name}`);
const address = new URL(server);
address.pathname = `/${name}`;
process.stdout.write(`${address}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
for await (const _ of process.stdin);
await administer(`drop database if exists ${name} with (force)`);

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
