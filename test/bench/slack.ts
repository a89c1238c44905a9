import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { connectServer } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { ROLES } from '../../src/domain/role.ts';
import { storeOf } from '../../src/store/store.ts';
import { sign } from '../../src/surfaces/slack/signature.ts';
import { FakeSlack } from '../support/slack-api.ts';
import { typedCommand } from '../support/slack-payloads.ts';
import { SIGNING_SECRET } from '../support/slack-request.ts';
import { absolute, type Bench, compared, type Figure } from './figure.ts';
import { SERVERS } from './slack-servers.ts';

const ROUNDS = 7;
const REQUESTS = 600;
const AT_ONCE = 8;
/** Against the same in kysely, and against the bare driver. */
const GOALS = { kysely: 1.5, pg: 2, noop: null } as const;
/** The acknowledgement, as whoever sends it waits for it: so many at once, and the slowest of a hundred in milliseconds. */
const CROWD = 50;
const CROWD_REQUESTS = 1_000;
const SLOWEST_GOAL = 100;

/** Only a server is compared: embedded, the database's own work would be counted with ours. */
export const needs = 'server';

/**
 * What a slash command costs in CPU, answered from a PostgreSQL server: ours against a hand-written Bolt handler that runs the
 * same statements (checked), in turns in the same run.
 */
export const bench: Bench = async ({ url, say }) => {
  if (url === '') throw new Error('This bench needs a PostgreSQL server: set TEST_DATABASE_URL.');
  const database = await makeDatabase(url);
  const slack = await new FakeSlack().start();
  slack.users.set('U0PLANNER', { id: 'U0PLANNER', team_id: slack.team });
  const servers = await Promise.all(Object.keys(SERVERS).map((name) => Server.start(name, database.url, slack)));
  try {
    for (const server of servers) await server.load(REQUESTS);
    await sameStatements(servers);
    const costs = new Map(servers.map((server) => [server.name, [] as number[]]));
    for (let round = 1; round <= ROUNDS; round++) {
      for (const server of servers) costs.get(server.name)?.push(await server.cost(REQUESTS));
      say(
        `round ${round} of ${ROUNDS}: ${[...costs].map(([name, all]) => `${name} ${all.at(-1)?.toFixed(0)} µs`).join(', ')}`,
      );
    }
    const slowest = await acknowledged(servers, say);
    return [against(costs, 'kysely'), against(costs, 'pg'), ...slowest, against(costs, 'noop')];
  } finally {
    for (const server of servers) server.stop();
    await slack.stop();
    await database.drop();
  }
};

const WORDS: Readonly<Record<keyof typeof GOALS, string>> = {
  kysely: 'a hand-written Bolt handler with kysely',
  pg: 'the same with pg alone',
  noop: 'Bolt that does nothing',
};

/** The 99th percentile of the acknowledgement with the answer in it; and beside the same by hand, which knows the machine too. */
async function acknowledged(servers: readonly Server[], say: (line: string) => void): Promise<readonly Figure[]> {
  const slowest = { ours: [] as number[], kysely: [] as number[] };
  for (let round = 1; round <= ROUNDS; round++) {
    for (const name of ['ours', 'kysely'] as const) {
      const server = servers.find((each) => each.name === name);
      const times = ((await server?.load(CROWD_REQUESTS, CROWD)) ?? []).sort((one, other) => one - other);
      slowest[name].push(times[Math.floor(times.length * 0.99)] ?? Number.NaN);
    }
    say(
      `${CROWD} at once, round ${round} of ${ROUNDS}: p99 ours ${slowest.ours.at(-1)?.toFixed(0)} ms, kysely ${slowest.kysely.at(-1)?.toFixed(0)} ms`,
    );
  }
  const name = `p99 of the acknowledgement, ${CROWD} at once`;
  const what = { name, unit: 'ms', better: 'lower' } as const;
  return [
    absolute({ ...what, goal: SLOWEST_GOAL }, slowest.ours),
    compared({ ...what, name: `${name}, against ${WORDS.kysely}`, goal: null }, slowest.ours, slowest.kysely),
  ];
}

function against(costs: ReadonlyMap<string, readonly number[]>, baseline: keyof typeof GOALS): Figure {
  const name = `CPU of a slash command, against ${WORDS[baseline]}`;
  const [ours = [], theirs = []] = [costs.get('ours'), costs.get(baseline)];
  return compared({ name, unit: 'µs', better: 'lower', goal: GOALS[baseline] }, ours, theirs);
}

/** A server in a process of its own, and the requests to it. */
class Server {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #slackUrl: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CROWD });
  #port = 0;

  constructor(name: string, child: ChildProcess, slackUrl: string) {
    this.name = name;
    this.#child = child;
    this.#slackUrl = slackUrl;
  }

  static async start(name: string, databaseUrl: string, slack: FakeSlack): Promise<Server> {
    const file = fileURLToPath(new URL('./slack-server.ts', import.meta.url));
    const child = fork(file, [name, databaseUrl, slack.apiUrl], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const server = new Server(name, child, slack.url);
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
  async cost(requests: number): Promise<number> {
    const before = await this.ask<{ microseconds: number }>('cpu');
    await this.load(requests);
    const after = await this.ask<{ microseconds: number }>('cpu');
    return (after.microseconds - before.microseconds) / requests;
  }

  /** Gives how long each was waited for, in milliseconds. */
  async load(requests: number, atOnce = AT_ONCE): Promise<number[]> {
    const times: number[] = [];
    const bodies = Array.from({ length: requests }, () => typedCommand('people', { slackUrl: this.#slackUrl }));
    const next = async (): Promise<void> => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const start = performance.now();
        await this.#send(body);
        times.push(performance.now() - start);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    return times;
  }

  #send(body: string): Promise<void> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(SIGNING_SECRET, timestamp, body),
    };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const options = {
      port: this.#port,
      host: '127.0.0.1',
      path: '/slack/events',
      method: 'POST',
      headers,
      agent: this.#agent,
    };
    const sent = request(options, async (response) => {
      let length = 0;
      for await (const chunk of response) length += (chunk as Buffer).length;
      const answered = response.statusCode === 200 && (length > 0 || this.name === 'noop');
      if (answered) resolve();
      else reject(new Error(`${this.name} answered ${response.statusCode} with ${length} bytes.`));
    });
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
async function sameStatements(servers: readonly Server[]): Promise<void> {
  const [ours, byHand] = await Promise.all(
    ['ours', 'kysely'].map(async (name) => {
      const server = servers.find((each) => each.name === name);
      await server?.ask('note');
      await server?.load(1);
      return server?.ask<{ statements: string[] }>('noted');
    }),
  );
  const [mine, theirs] = [ours, byHand].map((one) => one?.statements.join(';\n'));
  if (mine !== theirs) throw new Error(`The statements differ. Ours:\n${mine}\n\nBy hand:\n${theirs}`);
}

async function makeDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `changeover_test_${randomBytes(6).toString('hex')}`;
  await administer(url, `create database ${name}`);
  const place = new URL(url);
  place.pathname = `/${name}`;
  const connection = await connectServer(place.href);
  await migrate(connection);
  await seat(storeOf(connection.db));
  await connection.close();
  return { url: place.href, drop: () => administer(url, `drop database if exists ${name} with (force)`) };
}

/** One migration in one channel, and a person for each role. */
async function seat(store: ReturnType<typeof storeOf>): Promise<void> {
  const now = '2026-12-01T19:00:00Z';
  const places = { providerOrg: 'XR1', providerName: 'Rehearsal Hospitals NHS Trust', zone: 'Europe/London' };
  const systems = { oldAsids: ['200000000220'], newAsid: '200000001337', newOrg: null };
  let migrationId = 0;
  for (const role of ROLES) {
    const person = await store.people.add(
      { name: `The ${role}`, email: `${role}@rehearsal.example`, telephone: null },
      now,
    );
    if (migrationId === 0) {
      migrationId = (await store.migrations.start({ name: 'Rehearsal', ...places, ...systems }, person.id, now)).id;
      await store.migrations.bind({ platform: 'slack', tenant: 'T0TEAM', channelId: 'C0ROOM' }, migrationId, now);
      await store.people.join(
        person.id,
        { platform: 'slack', tenant: 'T0TEAM', userId: 'U0PLANNER', guest: false },
        now,
      );
    }
    await store.people.grant(person.id, migrationId, role, null, now);
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
