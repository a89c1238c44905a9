import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { quietLogger, slackClient } from '../../src/delivery/channels/slack/client.ts';
import { oneWorkspace } from '../../src/delivery/channels/slack/workspaces.ts';
import type { Dispatch } from '../../src/dispatch.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { ReplayKeys } from '../../src/ports/replay-keys.ts';
import { type SlackSurface, slackSurface } from '../../src/surfaces/slack/surface.ts';
import type { Workspaces } from '../../src/surfaces/slack/workspaces.ts';
import { FakeSlack } from './slack-api.ts';
import { SIGNING_SECRET } from './slack-request.ts';

/** The real surface on a real port, with a stand-in for Slack's API beside it. */
export class SlackOffice {
  readonly slack = new FakeSlack();
  url = '';
  #server: Server | null = null;
  #surface: SlackSurface | null = null;

  async open(parts: {
    readonly dispatch: Dispatch;
    readonly replayKeys?: ReplayKeys;
    readonly acknowledgeWithin?: number;
    readonly giveUpAfter?: number;
    readonly workspaces?: Workspaces;
  }): Promise<this> {
    await this.slack.start();
    for (const id of ['U0PLANNER', 'U0LEAD']) this.slack.users.set(id, { id, team_id: this.slack.team });
    this.slack.users.set('U0GUEST', { id: 'U0GUEST', team_id: this.slack.team, is_restricted: true });
    const surface = slackSurface({
      from: { signingSecret: SIGNING_SECRET },
      workspaces: oneWorkspace(
        slackClient({
          botToken: 'xoxb-test',
          apiUrl: this.slack.apiUrl,
          log: silentLog,
          timeoutMilliseconds: 2_000,
        }),
      ),
      logger: quietLogger(silentLog),
      replayKeys: rememberedKeys(),
      log: silentLog,
      now: () => Date.now(),
      files: { put: async (name, bytes) => this.#keep(name, bytes) },
      responseOrigin: this.slack.url,
      filesOrigin: this.slack.url,
      ...parts,
    });
    await surface.start();
    this.#surface = surface;
    this.#server = createServer((request, response) => surface.handle?.(request, response));
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

  /** Resolves when every answer that is under way, the late ones included, has been given. */
  async settled(): Promise<void> {
    await this.#surface?.stop();
  }

  async close(): Promise<void> {
    await this.settled();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
    await this.slack.stop();
  }
}

/** Replay keys in memory, for tests of the surface alone. */
export function rememberedKeys(): ReplayKeys {
  const seen = new Set<string>();
  return {
    claim: async (key) => {
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    },
  };
}
