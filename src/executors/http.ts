import type { Clock } from '../kernel/clock.ts';
import type { ApplyOutcome, Executor, LimitsOutcome, ReadBackOutcome } from '../ports/executor.ts';
import { limitsIn, outcomesIn, readBackIn } from './http-answers.ts';
import { createExchanger, type Exchanged } from './http-exchange.ts';
import { signedHeaders } from './http-signature.ts';

export interface HttpExecutorOptions {
  /** Where the automation listens, e.g. "https://pas.example/automation". */
  readonly url: string;
  readonly secret: string;
  /** The system's clock, never the movable one: signatures are judged by it. */
  readonly clock: Clock;
  readonly connections?: number;
}

const LIMITS_SECONDS = 10;
const NOT_REACHED_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 600;

/** An organisation's own automation over signed HTTP (rule 15, docs/automation.md). It repeats nothing by itself: the ledger decides. */
export function createHttpExecutor(options: HttpExecutorOptions): Executor & { close(): void } {
  const exchange = createExchanger(options.connections ?? 8);
  const base = options.url.replace(/\/+$/, '');

  async function ask(method: 'GET' | 'POST', path: string, body: string, timeoutSeconds: number): Promise<Exchanged> {
    const url = new URL(base + path);
    const seconds = Math.floor(options.clock.now().epochMilliseconds / 1000);
    const headers = {
      accept: 'application/json',
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...signedHeaders(options.secret, seconds, { method, path: url.pathname + url.search, body }),
    };
    return exchange({ method, url, headers, body, timeoutSeconds });
  }

  return {
    close: exchange.close,
    async limits(): Promise<LimitsOutcome> {
      const answer = await ask('GET', '', '', LIMITS_SECONDS);
      const limits = answer.kind === 'answer' && answer.status === 200 ? limitsIn(answer.text) : null;
      return limits === null ? { kind: 'unreadable', why: whyOf(answer) } : { kind: 'limits', limits };
    },
    async apply(items, timeoutSeconds): Promise<ApplyOutcome> {
      const answer = await ask('POST', '/batches', JSON.stringify({ items }), timeoutSeconds);
      if (answer.kind === 'never-sent') return { kind: 'retry-after', seconds: NOT_REACHED_SECONDS, why: answer.why };
      if (answer.kind === 'lost') return { kind: 'unknown', why: answer.why };
      if (answer.status === 429) {
        return { kind: 'retry-after', seconds: waitOf(answer.retryAfter, options.clock), why: whyOf(answer) };
      }
      if (NOTHING_DONE(answer.status)) return { kind: 'refused', reason: whyOf(answer) };
      const outcomes = answer.status === 200 ? outcomesIn(answer.text, items) : null;
      return outcomes === null ? { kind: 'unknown', why: whyOf(answer) } : { kind: 'answered', items: outcomes };
    },
    async readBack(serviceId, timeoutSeconds): Promise<ReadBackOutcome> {
      const answer = await ask('GET', `/services/${encodeURIComponent(serviceId)}`, '', timeoutSeconds);
      const found = answer.kind === 'answer' && answer.status === 200 ? readBackIn(answer.text, serviceId) : null;
      if (found !== null) return { kind: 'read', found };
      const wait = answer.kind === 'answer' && answer.status === 429 ? waitOf(answer.retryAfter, options.clock) : null;
      return { kind: 'unreadable', why: whyOf(answer), retryAfterSeconds: wait };
    },
  };
}

/** A 4xx says that nothing was changed; a proxy's "timed out" says nothing of the sort. */
const NOTHING_DONE = (status: number) => status >= 400 && status < 500 && status !== 408;

const STATUS_WORDS: Readonly<Record<number, string>> = {
  401: 'it did not accept the signature (401): check the secret and both clocks',
  403: 'it did not allow this (403)',
  404: 'it does not know this address or service (404)',
  409: 'it knows the key with another content (409)',
  413: 'the batch is too large for it (413)',
  429: 'it asked to wait (429)',
};

function whyOf(answer: Exchanged): string {
  if (answer.kind !== 'answer') return answer.why;
  if (answer.status === 200) return 'its answer could not be understood';
  return STATUS_WORDS[answer.status] ?? `it answered with an error (${answer.status})`;
}

/** Retry-After in seconds or as a date; at least one second, at most ten minutes. */
function waitOf(retryAfter: string | null, clock: Clock): number {
  const asked = retryAfter ?? '';
  const date = Date.parse(asked);
  const seconds = /^\d+$/.test(asked) ? Number(asked) : (date - clock.now().epochMilliseconds) / 1000;
  if (Number.isNaN(seconds)) return NOT_REACHED_SECONDS;
  return Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(seconds)));
}
