import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IHttpServerAdapter } from '@microsoft/teams.apps';
import type { Log } from '../../kernel/log.ts';
import { readBody } from '../../kernel/read-body.ts';
import { admit, type GuardOptions, NotLetIn, type ProvenCaller, proveCaller } from './ingress-guard.ts';

const BODY_LIMIT = 256 * 1024;

type Handler = Parameters<IHttpServerAdapter['registerRoute']>[2];

/**
 * The SDK's way in, on the server's shared port: our guard first, then the SDK with the token that the guard proved. Every
 * refusal is short JSON, and no request makes it throw or answer as a fault of ours.
 */
export class TeamsAdapter implements IHttpServerAdapter {
  readonly #guard: GuardOptions;
  readonly #log: Log;
  readonly #handlers = new Map<string, Handler>();

  constructor(guard: GuardOptions, log: Log) {
    this.#guard = guard;
    this.#log = log;
  }

  registerRoute(_method: 'POST', path: string, handler: Handler): void {
    this.#handlers.set(path, handler);
  }

  /** For `node:http`: answers every request to /api/messages. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    this.#answer(request, response).catch((error: unknown) => {
      const refusal = error instanceof NotLetIn ? error : new NotLetIn(400, 'That was not understood.');
      this.#log.warn({ status: refusal.status, error: String(error) }, 'a request from Teams was not let in');
      sendJson(response, refusal.status, { error: refusal.message });
    });
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const handler = this.#handlers.get(request.url?.split('?', 1)[0] ?? '');
    if (!handler) return sendJson(response, 404, { error: 'There is nothing here.' });
    if (request.method !== 'POST') return sendJson(response, 405, { error: 'Only POST is answered here.' });
    const caller = await proveCaller(request.headers.authorization, this.#guard);
    const bytes = await readBody(request, BODY_LIMIT);
    if (bytes === null) throw new NotLetIn(413, 'The activity is larger than 256 KB.');
    const body = admit(parsed(bytes), caller, this.#guard);
    const answer = await handler({ body, headers: {}, token: tokenOf(caller, this.#guard) });
    // The SDK's own failures are those of an activity that it could not take apart: our handlers answer their own errors.
    if (answer.status >= 400) throw new NotLetIn(400, 'Changeover does nothing with that activity.');
    sendJson(response, answer.status, answer.body);
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new NotLetIn(400, 'The body is not JSON.');
  }
}

type Token = NonNullable<Parameters<Handler>[0]['token']>;

function tokenOf(caller: ProvenCaller, { appId, now }: GuardOptions): Token {
  return {
    appId,
    from: 'azure',
    fromId: '',
    serviceUrl: caller.serviceUrl,
    expiration: caller.expiresAt,
    isExpired: (bufferMs = 0) => caller.expiresAt - bufferMs <= now(),
    toString: () => 'a proven token',
  };
}

/** A body that was not read is not waited for: the connection is closed instead. */
function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) return;
  const text = value === undefined ? '' : JSON.stringify(value);
  response.writeHead(status, {
    ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': Buffer.byteLength(text),
    ...(status < 400 ? {} : { connection: 'close' }),
  });
  response.end(text);
}
