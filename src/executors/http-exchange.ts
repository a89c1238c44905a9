import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutSeconds: number;
}

/** How far a request came, which decides whether it may be repeated. */
export type Exchanged =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | null; readonly text: string }
  /** No connection was ever made: the other side never saw it. */
  | { readonly kind: 'never-sent'; readonly why: string }
  /** It may have arrived. */
  | { readonly kind: 'lost'; readonly why: string };

export type Exchanger = (exchange: Exchange) => Promise<Exchanged>;

const LARGEST_ANSWER = 4 * 1024 * 1024;

/** One connection pool for one automation. Redirects are not followed: a batch must never go where nobody configured it. */
export function createExchanger(connections: number): Exchanger & { close(): void } {
  const plain = new Agent({ keepAlive: true, maxSockets: connections });
  const secure = new SecureAgent({ keepAlive: true, maxSockets: connections });
  const exchanger = (exchange: Exchange) => once(exchange, plain, secure);
  return Object.assign(exchanger, {
    close() {
      plain.destroy();
      secure.destroy();
    },
  });
}

function once(exchange: Exchange, plain: Agent, secure: SecureAgent): Promise<Exchanged> {
  return new Promise((resolve) => {
    let connected = false;
    const overTls = exchange.url.protocol === 'https:';
    const lost = (error: Error) => resolve({ kind: connected ? 'lost' : 'never-sent', why: reasonOf(error) });
    const sent = (overTls ? httpsRequest : httpRequest)(
      exchange.url,
      {
        method: exchange.method,
        agent: overTls ? secure : plain,
        headers: { ...exchange.headers, 'content-length': Buffer.byteLength(exchange.body) },
        signal: AbortSignal.timeout(exchange.timeoutSeconds * 1000),
      },
      (message) => readAnswer(message).then(resolve, lost),
    );
    sent.once('socket', (socket) => {
      if (!socket.connecting) connected = true;
      else socket.once(overTls ? 'secureConnect' : 'connect', () => (connected = true));
    });
    sent.once('error', lost);
    sent.end(exchange.body);
  });
}

async function readAnswer(message: IncomingMessage): Promise<Exchanged> {
  message.setEncoding('utf8');
  let text = '';
  for await (const chunk of message) {
    text += chunk;
    if (text.length > LARGEST_ANSWER) throw new Error('the answer is too large');
  }
  return {
    kind: 'answer',
    status: message.statusCode ?? 0,
    retryAfter: message.headers['retry-after'] ?? null,
    text,
  };
}

function reasonOf(error: Error): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ECONNREFUSED') return 'it does not accept connections';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was lost';
  return code ? `the connection failed (${code})` : error.message;
}
