import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ConnectorCall, type OperationName, operationOf } from './teams-operations.ts';
import { TeamsRates } from './teams-rates.ts';

export const TEAMS_APP = {
  appId: '11111111-2222-3333-4444-555555555555',
  secret: 'the app secret of the tests',
  tenant: 'aaaaaaaa-0000-4000-8000-000000000001',
};

/** One message as Teams keeps it. */
export interface TeamsMessage {
  readonly id: string;
  /** Without `;messageid=`. */
  readonly conversation: string;
  /** The root of its thread in a channel; null: it is one itself, or the conversation has none. */
  readonly thread: string | null;
  /** The only one who sees it, of a targeted message. */
  readonly onlyFor: string | null;
  readonly activity: Readonly<Record<string, unknown>>;
  readonly edits: number;
}

export interface TeamsConversation {
  readonly id: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly tenant: string;
  readonly members: TeamsMember[];
  /** Why it takes nothing any more: the status and the code of each answer. */
  closed: { readonly status: number; readonly code: string } | null;
}

export interface TeamsMember {
  /** Teams' own id of the user for this app ("29:…"). */
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly userRole?: 'user' | 'guest' | 'anonymous';
}

/**
 * What goes wrong with the next call of an operation. `lost` does the work and cuts the answer; `cut` and `hang` do nothing;
 * `elsewhere` redirects.
 */
export type TeamsFault =
  | { readonly kind: 'limited'; readonly retryAfter: string | null }
  | { readonly kind: 'http'; readonly status: number; readonly code?: string }
  | { readonly kind: 'elsewhere'; readonly address: string }
  | { readonly kind: 'lost' | 'cut' | 'hang' };

/** A stand-in for the Bot Connector and Entra's token endpoint over HTTP, with Teams' limits, and faults on demand. */
export class FakeTeams {
  readonly calls: ConnectorCall[] = [];
  readonly messages: TeamsMessage[] = [];
  readonly conversations = new Map<string, TeamsConversation>();
  /** People who have the app for themselves: by Entra object id. Only to them a chat can be opened. */
  readonly people = new Map<string, TeamsMember>();
  /** Files that people sent, by path under `/files/`; and those that were uploaded to us, under `/uploads/`. */
  readonly files = new Map<string, Buffer>();
  readonly tokens = new Set<string>();
  readonly rates = new TeamsRates();
  /** Entra's word against the app, such as AADSTS7000222 for an expired secret. */
  tokenRefusal: { readonly status: number; readonly error: string; readonly description: string } | null = null;
  url = '';
  #ids = 0;
  readonly #faults = new Map<OperationName, TeamsFault[]>();
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** As in an activity's `serviceUrl`. */
  get serviceUrl(): string {
    return `${this.url}/uk/`;
  }

  /** In place of https://login.microsoftonline.com. */
  get loginUrl(): string {
    return `${this.url}/login`;
  }

  addConversation(
    id: string,
    kind: TeamsConversation['kind'],
    members: readonly TeamsMember[] = [],
    tenant = TEAMS_APP.tenant,
  ): TeamsConversation {
    const conversation = { id, kind, tenant, members: [...members], closed: null };
    this.conversations.set(id, conversation);
    return conversation;
  }

  /** From now on this conversation answers so to everything, as after the app was removed. */
  close(conversation: string, status = 403, code = 'BotNotInConversationRoster'): void {
    const one = this.conversations.get(conversation);
    if (one) one.closed = { status, code };
  }

  fail(operation: OperationName, ...faults: readonly TeamsFault[]): void {
    this.#faults.set(operation, [...(this.#faults.get(operation) ?? []), ...faults]);
  }

  /** The calls of one operation, in order. */
  called(operation: OperationName): readonly ConnectorCall[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  /** What Teams shows in a conversation, oldest first. */
  shown(conversation: string): readonly TeamsMessage[] {
    return this.messages.filter((message) => message.conversation === conversation);
  }

  nextId(): string {
    this.#ids += 1;
    return String(1_700_000_000_000 + this.#ids);
  }

  /** Delivers an activity to the bot, `times` times as Teams does when it had no answer. Gives each answer's status and body. */
  async deliver(
    to: string,
    activity: Readonly<Record<string, unknown>>,
    bearer: string | null,
    times = 1,
  ): Promise<{ readonly status: number; readonly body: string }[]> {
    const answers = [];
    for (let time = 0; time < times; time += 1) {
      const response = await fetch(to, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        },
        body: JSON.stringify(activity),
      });
      answers.push({ status: response.status, body: await response.text() });
    }
    return answers;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytes(request);
    const { operation, call } = operationOf(request, body);
    this.calls.push(call);
    const fault = this.#faults.get(call.operation)?.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'cut') return void request.socket.destroy();
    if (fault?.kind === 'elsewhere') return void response.writeHead(307, { location: fault.address }).end();
    if (fault?.kind === 'http') return send(response, fault.status, failure(fault.code ?? 'ServiceError'));
    if (fault?.kind === 'limited') {
      if (fault.retryAfter !== null) response.setHeader('retry-after', fault.retryAfter);
      return send(response, 429, failure('TooManyRequests'));
    }
    const answer = operation(this, call);
    if (fault?.kind === 'lost') return void request.socket.destroy();
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    send(response, answer.status, answer.body);
  }
}

export function failure(code: string): Record<string, unknown> {
  return { error: { code, message: `The connector says ${code}.` } };
}

async function bytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, value: unknown): void {
  if (Buffer.isBuffer(value)) return void response.writeHead(status).end(value);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(value === null ? '' : JSON.stringify(value));
}
