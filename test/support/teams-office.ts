import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appToken } from '../../src/delivery/channels/teams/app-token.ts';
import { teamsHttp } from '../../src/delivery/channels/teams/client.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { DownloadFile } from '../../src/ports/downloads.ts';
import type { Installations, TeamsConversation, TeamsPerson } from '../../src/ports/installations.ts';
import { type TeamsSurface, type TeamsSurfaceOptions, teamsSurface } from '../../src/surfaces/teams/surface.ts';
import { rememberedKeys } from './slack-office.ts';
import { BOT_ID, type Payload, TEAM_CHANNEL, teamsUser } from './teams-activities.ts';
import { FakeTeams, TEAMS_APP } from './teams-connector.ts';
import { TokenIssuer } from './teams-tokens.ts';

export interface TeamsAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was answered is looked at by the test.
  readonly body: any;
}

/** The real surface and SDK on a real port, with stand-ins for the Bot Connector and for Microsoft's keys beside it. */
export class TeamsOffice {
  readonly teams = new FakeTeams();
  readonly issuer = new TokenIssuer();
  /** The files that were put behind links. */
  readonly offered: (readonly DownloadFile[])[] = [];
  url = '';
  #server: Server | null = null;
  #surface: TeamsSurface | null = null;

  async open(
    parts: Pick<TeamsSurfaceOptions, 'dispatch'> &
      Partial<Pick<TeamsSurfaceOptions, 'replayKeys' | 'installations' | 'acknowledgeWithin' | 'giveUpAfter' | 'now'>>,
  ): Promise<this> {
    await Promise.all([this.teams.start(), this.issuer.start()]);
    const people = ['lead', 'planner', 'approver'].map((name) => ({ ...teamsUser(name), userRole: 'user' as const }));
    const guest = { ...teamsUser('guest'), userRole: 'guest' as const };
    this.teams.addConversation(TEAM_CHANNEL, 'channel', [...people, guest]);
    for (const one of [...people, guest]) this.teams.addConversation(`a:${one.aadObjectId}`, 'personal', [one]);
    const token = appToken({ ...TEAMS_APP, loginUrl: this.teams.loginUrl });
    const surface = teamsSurface({
      appId: TEAMS_APP.appId,
      tenantIds: [TEAMS_APP.tenant],
      token,
      http: teamsHttp({ token, origins: [this.teams.url], timeoutMilliseconds: 2_000, sleep: async () => {} }),
      replayKeys: rememberedKeys(),
      installations: rememberedInstallations(),
      downloads: {
        offer: async (files) => `https://changeover.example/files/${this.offered.push(files)}`,
        open: async () => null,
      },
      files: { put: (name, bytes) => this.#keep(name, bytes) },
      filesOrigins: [this.teams.url],
      log: silentLog,
      now: () => Date.now(),
      keysUrl: this.issuer.url,
      serviceOrigins: [this.teams.url],
      ...parts,
    });
    await surface.start();
    this.#surface = surface;
    this.#server = createServer((request, response) => surface.handle(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** What was put into the files port, by reference. */
  readonly kept = new Map<string, string>();

  async #keep(name: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const chunks = await Array.fromAsync(bytes);
    const reference = `file-${this.kept.size}`;
    this.kept.set(reference, `${name}: ${Buffer.concat(chunks).toString('utf8')}`);
    return reference;
  }

  /** A proven request with this activity. */
  async deliver(activity: Payload): Promise<TeamsAnswer> {
    return this.post(JSON.stringify(activity), await this.issuer.token(this.teams.serviceUrl));
  }

  /** Any request at all. */
  async post(body: string, bearer: string | null): Promise<TeamsAnswer> {
    const response = await fetch(`${this.url}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      },
      body,
    });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text,
      body: text === '' ? null : JSON.parse(text),
    };
  }

  /** Resolves when every answer that is under way, the late ones included, has been given. */
  async settled(): Promise<void> {
    await this.#surface?.stop();
  }

  async close(): Promise<void> {
    await this.settled();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
    await Promise.all([this.teams.stop(), this.issuer.stop()]);
  }
}

export { BOT_ID };

/** The port in memory, for tests of the surface alone. */
export function rememberedInstallations(): Installations & { readonly cards: string[] } {
  const conversations = new Map<string, TeamsConversation>();
  const people = new Map<string, TeamsPerson>();
  const cards: string[] = [];
  return {
    cards,
    async seen(where, who) {
      conversations.set(where.conversationId, where);
      if (who === null) return;
      const alone = where.kind === 'personal' ? where.conversationId : (people.get(who.userId)?.conversationId ?? null);
      people.set(who.userId, { ...who, tenant: where.tenant, conversationId: alone, serviceUrl: where.serviceUrl });
    },
    async forget(_tenant, conversationId) {
      conversations.delete(conversationId);
    },
    conversation: async (_tenant, conversationId) => conversations.get(conversationId) ?? null,
    people: async (_tenant, userIds) => userIds.flatMap((id) => people.get(id) ?? []),
    serviceUrl: async () => [...conversations.values()][0]?.serviceUrl ?? null,
    async cardSeen(...seen) {
      cards.push(seen.join(' '));
    },
  };
}
