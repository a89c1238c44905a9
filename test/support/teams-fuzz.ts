import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Connection } from '../../db/connect.ts';
import type { Installations } from '../../src/ports/installations.ts';
import { type Office, openOffice } from './office.ts';
import { TEAM_CHANNEL, teamsUser, written } from './teams-activities.ts';
import { TEAMS_APP } from './teams-connector.ts';
import { type Malformed, malformedActivity, type TokenKind } from './teams-malformed.ts';
import { TeamsOffice } from './teams-office.ts';
import { signingKey } from './teams-tokens.ts';

export interface FuzzCounts {
  readonly count: number;
  readonly signed: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly faults: number;
  readonly unhandled: number;
  /** Requests that got no answer at all. */
  readonly unanswered: number;
  /** Megabytes of the JavaScript heap after a collection: in the first quarter, and at the end. */
  readonly heapBefore: number;
  readonly heapAfter: number;
  /** A true request afterwards was answered. */
  readonly alive: boolean;
}

const AT_ONCE = 20;
const A_CHUNK = 500;

/** Sends so many malformed activities to the real surface with the real verbs behind it, on this database, and counts. */
export async function fuzzTeams(
  connection: Connection,
  { count, seed }: { readonly count: number; readonly seed: number },
  say: (line: string) => void = () => {},
): Promise<FuzzCounts> {
  const office = await openOffice(connection);
  await seatTeams(office);
  const teams = await new TeamsOffice().open({
    dispatch: office.dispatch,
    replayKeys: { claim: async () => true },
    installations: FORGETFUL,
  });
  const unhandled: unknown[] = [];
  const remember = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', remember);
  process.on('uncaughtException', remember);
  const statuses = new Map<number, number>();
  const heap: number[] = [];
  let signed = 0;
  let unanswered = 0;
  try {
    const tokens = await tokensOf(teams);
    const send = async ({ body, token, contentType }: Malformed): Promise<void> => {
      if (token === 'true') signed += 1;
      const status = await post(`${teams.url}/api/messages`, body, contentType, tokens[token]);
      if (status === null) unanswered += 1;
      else statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    for (let done = 0; done < count; done += A_CHUNK) {
      const chunk = fc.sample(malformedActivity(teams.teams.serviceUrl), {
        numRuns: Math.min(A_CHUNK, count - done),
        seed: seed + done,
      });
      const next = async (): Promise<void> => {
        for (let one = chunk.pop(); one !== undefined; one = chunk.pop()) await send(one);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
      await teams.settled();
      // The stand-in remembers every call: that is its own memory, not ours.
      teams.teams.calls.length = 0;
      teams.teams.messages.length = 0;
      heap.push(heapNow());
      if ((done / A_CHUNK) % 10 === 9) say(`${done + A_CHUNK} sent, heap ${heap.at(-1)?.toFixed(1)} MB`);
    }
    const answer = await teams.deliver(written('help', { serviceUrl: teams.teams.serviceUrl, from: 'planner' }));
    await teams.settled();
    return {
      count,
      signed,
      statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a - b)),
      faults: [...statuses].reduce((sum, [status, many]) => sum + (status >= 500 ? many : 0), 0),
      unhandled: unhandled.length,
      unanswered,
      heapBefore: heap[Math.floor(heap.length / 4)] ?? 0,
      heapAfter: heap.at(-1) ?? 0,
      alive: answer.status === 200 && teams.teams.messages.length === 1,
    };
  } finally {
    process.off('unhandledRejection', remember);
    process.off('uncaughtException', remember);
    await teams.close();
  }
}

/** How much the heap may have grown, in megabytes: what is compiled and cached late, not what piles up. */
export const FLAT = 8;

/** The office's people under their accounts in Teams, and its migration in the team's channel. */
async function seatTeams({ store, migrationId, clock }: Office): Promise<void> {
  const now = clock.now().toString();
  const seats = { lead: 'e-rs-lead', planner: 'planner', approver: 'approver', guest: 'tester' };
  for (const [name, desk] of Object.entries(seats)) {
    const person = await store.people.byEmail(`${desk}@rehearsal.example`);
    if (!person) throw new Error(`The office has no ${desk}.`);
    const account = { tenant: TEAMS_APP.tenant, userId: teamsUser(name).aadObjectId, guest: name === 'guest' };
    await store.people.join(person.id, { platform: 'teams', ...account }, now);
  }
  const channel = { platform: 'teams' as const, tenant: TEAMS_APP.tenant, channelId: TEAM_CHANNEL };
  await store.migrations.bind(channel, migrationId, now);
}

async function tokensOf({ issuer, teams }: TeamsOffice): Promise<Readonly<Record<TokenKind, string | null>>> {
  const { serviceUrl } = teams;
  return {
    true: await issuer.token(serviceUrl),
    none: null,
    garbage: 'eyJhbGciOiJub25lIn0.e30.',
    expired: await issuer.token(serviceUrl, { exp: 1_700_000_000 }),
    'another audience': await issuer.token(serviceUrl, { aud: 'api://changeover' }),
    'another key': await issuer.token(serviceUrl, {}, { key: await signingKey('first') }),
    'another service': await issuer.token('https://smba.trafficmanager.net/uk/'),
  };
}

async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  contentType: string,
  token: string | null,
): Promise<number | null> {
  const headers = { 'content-type': contentType, ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  try {
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

const FORGETFUL: Installations = {
  seen: async () => {},
  forget: async () => {},
  conversation: async () => null,
  people: async () => [],
  serviceUrl: async () => null,
  cardSeen: async () => {},
};

function heapNow(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed / 1_048_576;
}
