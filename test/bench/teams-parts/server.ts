import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { SERVERS } from './servers.ts';

/** One of the compared servers, in a process of its own: it is told by messages when to note statements and when to count. */
const [name = '', databaseUrl = '', connectorUrl = '', keysUrl = ''] = process.argv.slice(2);
const create = SERVERS[name];
if (!create) throw new Error(`There is no server "${name}".`);

let noted: string[] | null = null;
const query = Client.prototype.query;
// Every statement goes through here, whoever sends it: kysely and pg alike.
Client.prototype.query = function (this: Client, ...given: unknown[]) {
  const [first] = given;
  noted?.push(typeof first === 'string' ? first : String(Object(first).text));
  return Reflect.apply(query, this, given);
} as typeof query;

const handle = await create({ databaseUrl, connectorUrl, keysUrl });
const server = createServer(handle);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (message) => {
  if (message === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.({ microseconds: user + system });
  }
  if (message === 'note') {
    noted = [];
    process.send?.({ noting: true });
  }
  if (message === 'noted') {
    process.send?.({ statements: noted });
    noted = null;
  }
});
process.on('disconnect', () => process.exit(0));
