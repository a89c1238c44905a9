import { webApi } from '@slack/bolt';
import type { Log } from '../../../kernel/log.ts';

export type SlackClient = webApi.WebClient;

/** How long one call to Slack may take, in milliseconds. WebClient itself would wait for ever. */
const CALL_TIMEOUT = 8_000;

export interface SlackClientOptions {
  readonly botToken: string;
  /** Slack's API, or a stand-in of it in tests and in rehearsal. */
  readonly apiUrl?: string;
  readonly log: Log;
  readonly timeoutMilliseconds?: number;
}

/**
 * The one client to Slack's API. It never retries and never queues: after one 429 a WebClient would otherwise hold back every
 * other call. Trying again is the outbox's business.
 */
export function slackClient({ botToken, apiUrl, log, timeoutMilliseconds }: SlackClientOptions): SlackClient {
  return new webApi.WebClient(botToken, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    timeout: timeoutMilliseconds ?? CALL_TIMEOUT,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    allowAbsoluteUrls: false,
    logger: quietLogger(log),
  });
}

/** The SDK's warnings in our log, without what it says at debug: that has whole requests in it. */
export function quietLogger(log: Log) {
  const warn = (...words: unknown[]): void => log.warn({ from: 'slack' }, words.map(String).join(' '));
  return {
    debug: () => {},
    info: () => {},
    warn,
    error: warn,
    setLevel: () => {},
    getLevel: () => webApi.LogLevel.WARN,
    setName: () => {},
  };
}
