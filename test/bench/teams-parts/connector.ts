import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { teamsUser } from '../../support/teams-activities.ts';
import { TEAMS_APP } from '../../support/teams-connector.ts';

/** The least of a Bot Connector, without limits: tokens, one member, and a place for messages that counts them. */
export class BenchConnector {
  posted = 0;
  url = '';
  readonly #server: Server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/login/'))
      return void response.end(JSON.stringify({ access_token: 'bench', expires_in: 86_400, token_type: 'Bearer' }));
    if (request.method === 'GET') {
      const { name, ...user } = teamsUser('planner');
      return void response.end(JSON.stringify({ ...user, name, tenantId: TEAMS_APP.tenant, userRole: 'user' }));
    }
    this.posted += 1;
    response.writeHead(201).end(JSON.stringify({ id: String(this.posted) }));
  });

  async start(): Promise<this> {
    this.#server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
