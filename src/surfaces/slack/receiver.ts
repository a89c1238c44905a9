import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App, Receiver } from '@slack/bolt';
import type { Log } from '../../kernel/log.ts';
import { readBody } from '../../kernel/read-body.ts';
import { type Json, readPayload } from './payload.ts';
import { isSigned, signedHeaders } from './signature.ts';

export const SLACK_PATH = '/slack/events';
const BODY_LIMIT = 1024 * 1024;
/** Slack's check of our certificate comes unsigned and is tiny. */
const UNSIGNED_LIMIT = 1024;

export interface ReceiverOptions {
  readonly signingSecret: string;
  /** The system clock in milliseconds: signatures are never judged by the rehearsal's clock. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Bolt's receiver for Slack over HTTP, on the server's shared port. Bolt 5.1.0's own accepts times in the future, refuses a
 * content type with a charset, waits 3 s on an unknown payload, and dies of a signed body `null`; this one answers each at once.
 * No request makes it throw or answer 5xx.
 */
export class SlackReceiver implements Receiver {
  readonly #options: ReceiverOptions;
  #app: App | null = null;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  init(app: App): void {
    this.#app = app;
  }

  /** The shared server listens; there is nothing of our own to open or close. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** For `node:http`: answers every request under /slack/. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    this.#answer(request, response).catch((error: unknown) => {
      this.#options.log.error({ error: String(error) }, 'a request from Slack failed');
      close(response, 400);
    });
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return close(response, 405);
    if (request.url?.split('?', 1)[0] !== SLACK_PATH) return close(response, 404);

    const headers = signedHeaders(request.headers, this.#options.now());
    const body = await readBody(request, headers === null ? UNSIGNED_LIMIT : BODY_LIMIT);
    if (body === null) return close(response, headers === null ? 401 : 413);

    if (headers === null || !isSigned(this.#options.signingSecret, headers, body)) {
      return close(response, isCertificateCheck(request, body) ? 200 : 401);
    }
    const payload = readPayload(request.headers['content-type'], body);
    if (payload === null) return close(response, 400);
    if (payload.ssl_check === '1') return close(response, 200);
    if (payload.type === 'url_verification') return sendJson(response, { challenge: String(payload.challenge) });
    await this.#process(payload, request, response);
  }

  async #process(payload: Json, request: IncomingMessage, response: ServerResponse): Promise<void> {
    let acknowledged = false;
    const acknowledge = async (answer?: unknown): Promise<void> => {
      if (acknowledged) throw new Error('A request from Slack was acknowledged twice.');
      acknowledged = true;
      if (answer === undefined || answer === '') close(response, 200);
      else sendJson(response, typeof answer === 'string' ? { text: answer } : answer);
    };
    try {
      await this.#app?.processEvent({ body: payload, ack: acknowledge, ...retry(request) });
    } catch (error) {
      // Our listeners answer their own errors; what arrives here is a payload that Bolt could not take apart.
      this.#options.log.warn({ error: String(error) }, 'a payload from Slack was not understood');
    }
    if (!acknowledged) close(response, 400);
  }
}

function retry(request: IncomingMessage): { retryNum?: number; retryReason?: string } {
  const number = Number(request.headers['x-slack-retry-num']);
  const reason = request.headers['x-slack-retry-reason'];
  return {
    ...(Number.isInteger(number) ? { retryNum: number } : {}),
    ...(typeof reason === 'string' ? { retryReason: reason } : {}),
  };
}

function isCertificateCheck(request: IncomingMessage, body: Buffer): boolean {
  return body.length <= UNSIGNED_LIMIT && readPayload(request.headers['content-type'], body)?.ssl_check === '1';
}

function sendJson(response: ServerResponse, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** An unread body is not waited for: the connection is closed instead. */
function close(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, status === 200 ? {} : { connection: 'close' });
  response.end();
}
