import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Connection } from '../../db/connect.ts';
import { ROLES } from '../../src/domain/role.ts';
import { storeOf } from '../../src/store/store.ts';
import { executed, type Payload, TEAM_CHANNEL, targeted, teamsUser } from '../support/teams-activities.ts';
import { TEAMS_APP } from '../support/teams-connector.ts';
import { TokenIssuer } from '../support/teams-tokens.ts';
import { benchServerDatabase } from './bench-database.ts';
import { type Bench, compared, type Figure } from './figure.ts';
import { BenchConnector } from './teams-parts/connector.ts';
import { SERVERS } from './teams-parts/servers.ts';

const ROUNDS = 7;
const REQUESTS = 400;
const AT_ONCE = 8;
const GOAL = 1.5;

/** Only a server is compared: embedded, the database's own work would be counted with ours. */
export const needs = 'server';

/**
 * What `/bsu people` costs in CPU in Teams, typed (answered by a private message) and as a button (answered in place), with every
 * request proven: ours against a hand-written handler on the bare SDK behind the same guard that runs the same statements in the
 * same transaction (checked), in turns in the same run.
 */
export const bench: Bench = async ({ url, say }) => {
  const database = await benchServerDatabase(url, seat);
  const connector = await new BenchConnector().start();
  const issuer = await new TokenIssuer().start();
  const token = await issuer.token(`${connector.url}/uk/`);
  const ask = { typed: () => targeted('/bsu people', from(connector)), pressed: () => pressed(connector) };
  const servers = await Promise.all(
    Object.keys(SERVERS).map((name) => Server.start(name, [database.url, connector.url, issuer.url], token)),
  );
  try {
    const figures: Figure[] = [];
    for (const [how, activity] of Object.entries(ask)) {
      for (const server of servers) await server.load(REQUESTS, activity);
      await sameStatements(servers, activity);
      const costs = new Map(servers.map((server) => [server.name, [] as number[]]));
      for (let round = 1; round <= ROUNDS; round++) {
        for (const server of servers) costs.get(server.name)?.push(await server.cost(REQUESTS, activity));
        const said = [...costs].map(([name, all]) => `${name} ${all.at(-1)?.toFixed(0)} µs`).join(', ');
        say(`${how}, round ${round} of ${ROUNDS}: ${said}`);
      }
      figures.push(
        against(how, costs, 'kysely', GOAL),
        against(how, costs, 'pg', null),
        against(how, costs, 'noop', null),
      );
    }
    return figures;
  } finally {
    for (const server of servers) server.stop();
    await Promise.all([connector.stop(), issuer.stop()]);
    await database.drop();
  }
};

const WORDS: Readonly<Record<string, string>> = {
  typed: 'a typed command',
  pressed: 'a button',
  kysely: 'a hand-written handler on the SDK with kysely, behind the same guard',
  pg: 'the same with pg alone',
  noop: 'the guard and the SDK that does nothing',
};

function against(
  how: string,
  costs: ReadonlyMap<string, readonly number[]>,
  baseline: string,
  goal: number | null,
): Figure {
  const name = `CPU of ${WORDS[how]} in Teams, against ${WORDS[baseline]}`;
  const [ours = [], theirs = []] = [costs.get('ours'), costs.get(baseline)];
  return compared({ name, unit: 'µs', better: 'lower', goal }, ours, theirs);
}

function from(connector: BenchConnector) {
  return { serviceUrl: `${connector.url}/uk/`, from: 'planner' };
}

function pressed(connector: BenchConnector): Payload {
  return executed({ verb: 'people', input: {} }, from(connector));
}

/** A server in a process of its own, and the requests to it. */
class Server {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  #port = 0;

  constructor(name: string, child: ChildProcess, token: string) {
    this.name = name;
    this.#child = child;
    this.#token = token;
  }

  static async start(name: string, addresses: readonly string[], token: string): Promise<Server> {
    const file = fileURLToPath(new URL('./teams-parts/server.ts', import.meta.url));
    const child = fork(file, [name, ...addresses], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const server = new Server(name, child, token);
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    server.#port = port;
    return server;
  }

  async ask<T>(message: string): Promise<T> {
    const answer = once(this.#child, 'message');
    this.#child.send(message);
    return (await answer)[0] as T;
  }

  /** Microseconds of CPU a request. */
  async cost(requests: number, activity: () => Payload): Promise<number> {
    const before = await this.ask<{ microseconds: number }>('cpu');
    await this.load(requests, activity);
    const after = await this.ask<{ microseconds: number }>('cpu');
    return (after.microseconds - before.microseconds) / requests;
  }

  async load(requests: number, activity: () => Payload): Promise<void> {
    const bodies = Array.from({ length: requests }, () => JSON.stringify(activity()));
    const next = async (): Promise<void> => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await this.#send(body);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }

  #send(body: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sent = request(
      {
        port: this.#port,
        host: '127.0.0.1',
        path: '/api/messages',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Bearer ${this.#token}`,
        },
        agent: this.#agent,
      },
      async (response) => {
        let length = 0;
        for await (const chunk of response) length += (chunk as Buffer).length;
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${this.name} answered ${response.statusCode} with ${length} bytes.`));
      },
    );
    sent.on('error', reject);
    sent.end(body);
    return promise;
  }

  stop(): void {
    this.#agent.destroy();
    this.#child.disconnect();
  }
}

/** The comparison means something only while both run the same statements in the same transaction. */
async function sameStatements(servers: readonly Server[], activity: () => Payload): Promise<void> {
  const [ours, byHand] = await Promise.all(
    ['ours', 'kysely'].map(async (name) => {
      const server = servers.find((each) => each.name === name);
      await server?.ask('note');
      await server?.load(1, activity);
      return server?.ask<{ statements: string[] }>('noted');
    }),
  );
  const [mine, theirs] = [ours, byHand].map((one) => one?.statements.join(';\n'));
  if (mine !== theirs) throw new Error(`The statements differ. Ours:\n${mine}\n\nBy hand:\n${theirs}`);
}

/** One migration in one channel, and a person for each role. */
async function seat({ db }: Connection): Promise<void> {
  const store = storeOf(db);
  const now = '2026-12-01T19:00:00Z';
  const places = { providerOrg: 'XR1', providerName: 'Rehearsal Hospitals NHS Trust', zone: 'Europe/London' };
  const systems = { oldAsids: ['200000000220'], newAsid: '200000001337', newOrg: null };
  const { tenant } = TEAMS_APP;
  const userId = teamsUser('planner').aadObjectId;
  let migrationId = 0;
  for (const role of ROLES) {
    const email = `${role}@rehearsal.example`;
    const person = await store.people.add({ name: `The ${role}`, email, telephone: null }, now);
    if (migrationId === 0) {
      migrationId = (await store.migrations.start({ name: 'Rehearsal', ...places, ...systems }, person.id, now)).id;
      await store.migrations.bind({ platform: 'teams', tenant, channelId: TEAM_CHANNEL }, migrationId, now);
      await store.people.join(person.id, { platform: 'teams', tenant, userId, guest: false }, now);
    }
    await store.people.grant(person.id, migrationId, role, null, now);
  }
}
