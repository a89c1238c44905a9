import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { slackMethods } from './slack-methods.ts';

/** One message as the stand-in keeps it. */
export interface FakeMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly text: string;
  readonly blocks: readonly Record<string, unknown>[];
  readonly metadata: unknown;
  readonly onlyFor: string | null;
  readonly edits: number;
}

/** What goes wrong with the next call of a method. `lost` does the work and cuts the answer; `cut` and `hang` do nothing. */
export type Fault =
  | { readonly kind: 'limited'; readonly seconds: number | null }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'lost' | 'cut' | 'hang' };

export interface Call {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly token: string | null;
}

/** A stand-in for Slack's Web API: what the channel and the surface need of it, its limits, and faults on demand. */
export class FakeSlack {
  readonly calls: Call[] = [];
  readonly messages: FakeMessage[] = [];
  readonly responses: { readonly path: string; readonly body: Record<string, unknown> }[] = [];
  readonly users = new Map<string, Record<string, unknown>>();
  readonly files = new Map<string, { readonly info: Record<string, unknown>; readonly content: Buffer }>();
  readonly uploads: { channel: string; name: string; content: string }[] = [];
  readonly team = 'T0TEAM';
  readonly bot = 'U0BOT';
  /** Further workspaces, by the bot's token there; any other token is the first one's. */
  readonly teams = new Map<string, { readonly id: string; readonly name: string }>();
  /** Tokens that Slack no longer takes. */
  readonly revoked = new Set<string>();
  /** How far Slack's clock is ahead of ours, in seconds. */
  ahead = 0;
  /** What every token may do, and the channels that the bot is in. */
  scopes: readonly string[] = [];
  readonly channels = new Map<string, Record<string, unknown>>();
  /** Codes of an installation that a person allowed, each good once, and the bot's token that it buys. */
  readonly codes = new Map<string, string>();
  url = '';
  /** Where Socket Mode is to connect. */
  socketUrl = '';
  #ts = 0;
  readonly #faults = new Map<string, Fault[]>();
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The address for SLACK_API_URL. */
  get apiUrl(): string {
    return `${this.url}/api/`;
  }

  /** Keeps a file as if this person had uploaded it; `address` is where Slack says that it lies. */
  addFile(id: string, user: string, name: string, content: string, address = `${this.url}/files/${id}`): void {
    const info = { id, name, user, size: content.length, url_private: address, url_private_download: address };
    this.files.set(id, { info, content: Buffer.from(content) });
  }

  fail(method: string, ...faults: readonly Fault[]): void {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...faults]);
  }

  /** The calls of one method, in order. */
  called(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  nextTs(): string {
    this.#ts += 1;
    return `1700000000.${String(this.#ts).padStart(6, '0')}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const path = new URL(request.url ?? '/', 'http://fake').pathname;
    if (path.startsWith('/response/')) {
      this.responses.push({ path, body: JSON.parse(body) as Record<string, unknown> });
      return send(response, 200, 'ok');
    }
    if (path.startsWith('/upload/')) {
      const upload = this.uploads[Number(path.slice('/upload/'.length))];
      if (upload) upload.content = body;
      return send(response, 200, 'OK');
    }
    if (path.startsWith('/files/')) return this.#sendFile(path.slice('/files/'.length), request, response);
    await this.#call(path.slice('/api/'.length), argumentsOf(body, request), request, response);
  }

  #call(method: string, args: Record<string, unknown>, request: IncomingMessage, response: ServerResponse) {
    response.setHeader('date', new Date(Date.now() + this.ahead * 1_000).toUTCString());
    const token = tokenOf(request);
    this.calls.push({ method, args, token });
    const fault = this.#faults.get(method)?.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'cut') return void request.socket.destroy();
    if (fault?.kind === 'http') return send(response, fault.status, 'fault');
    if (fault?.kind === 'error') return send(response, 200, { ok: false, error: fault.error });
    if (fault?.kind === 'limited') {
      if (fault.seconds !== null) response.setHeader('retry-after', String(fault.seconds));
      return send(response, 429, { ok: false, error: 'ratelimited' });
    }
    if (token !== null && this.revoked.has(token)) return send(response, 200, { ok: false, error: 'token_revoked' });
    const answer = slackMethods[method]?.(this, args, token) ?? { ok: false, error: 'unknown_method' };
    if (fault?.kind === 'lost') return void request.socket.destroy();
    if (this.scopes.length > 0) response.setHeader('x-oauth-scopes', this.scopes.join(','));
    send(response, 200, answer);
  }

  #sendFile(id: string, request: IncomingMessage, response: ServerResponse) {
    const file = this.files.get(id);
    if (!file || request.headers.authorization === undefined) return send(response, 302, '');
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.end(file.content);
  }
}

function tokenOf(request: IncomingMessage): string | null {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Slack takes forms whose composite values are JSON texts. */
function argumentsOf(body: string, request: IncomingMessage): Record<string, unknown> {
  if (request.headers['content-type']?.startsWith('application/json')) return JSON.parse(body || '{}');
  const form = parse(body);
  return Object.fromEntries(
    Object.entries(form).map(([key, value]) => [
      key,
      typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value,
    ]),
  );
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': typeof value === 'string' ? 'text/plain' : 'application/json' });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
}
