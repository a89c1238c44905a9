import { webApi } from '@slack/bolt';
import type { ChannelOutcome } from '../../../ports/channel.ts';
import { SLACK_REMEDIES } from './remedies.ts';

/** What is known after a call to Slack that did not succeed. */
export type Failure = Exclude<ChannelOutcome, { kind: 'done' }>;

/** Slack did nothing now and may do it later. */
const LATER: ReadonlySet<string> = new Set(['service_unavailable', 'request_timeout']);
const LIMITED: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited']);
/** Slack's words: part of it may have succeeded. */
const UNSURE: ReadonlySet<string> = new Set(['internal_error', 'fatal_error']);
/** The message cannot be edited any more: somebody deleted it, or it is not ours. */
const GONE: ReadonlySet<string> = new Set(['cant_update_message', 'edit_window_closed', 'message_not_found']);
/** Errors of a connection that was never made, so that nothing reached Slack. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UND_ERR_CONNECT_TIMEOUT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const RETRY_SECONDS = 15;
const FIXABLE_SECONDS = 300;

/** One mapping from the SDK's errors to what the outbox must do. Whatever is not understood is `unknown`, never `final`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof webApi.WebAPIRateLimitedError) return limited(error.retryAfter);
  if (error instanceof webApi.WebAPIPlatformError) return platformFailure(error.data.error ?? 'no reason given');
  if (error instanceof webApi.WebAPIHTTPError) return httpFailure(error.statusCode);
  if (error instanceof webApi.WebAPIRequestError) return connectionFailure(error.original);
  // A 429 without a Retry-After header arrives as a bare Error.
  if (error instanceof Error && error.message.startsWith('Retry header')) return limited(RETRY_SECONDS);
  return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
}

function platformFailure(reason: string): Failure {
  if (LIMITED.has(reason)) return limited(RETRY_SECONDS);
  if (LATER.has(reason)) return later(RETRY_SECONDS, reason);
  if (UNSURE.has(reason)) return { kind: 'unknown', reason };
  const remedy = SLACK_REMEDIES[reason];
  if (remedy) return { kind: 'retry', afterSeconds: FIXABLE_SECONDS, because: 'person', reason: remedy };
  if (GONE.has(reason)) return { kind: 'gone', reason };
  return { kind: 'final', reason };
}

function httpFailure(status: number): Failure {
  const reason = `HTTP ${status}`;
  return status >= 500 ? { kind: 'unknown', reason } : { kind: 'final', reason };
}

function connectionFailure(original: Error): Failure {
  const code = codeOf(original) ?? codeOf(original.cause) ?? original.name;
  return NEVER_CONNECTED.has(code) ? later(RETRY_SECONDS, code) : { kind: 'unknown', reason: code };
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function limited(seconds: number): Failure {
  return { kind: 'retry', afterSeconds: seconds, because: 'limit', reason: 'rate limit' };
}

function later(seconds: number, reason: string): Failure {
  return { kind: 'retry', afterSeconds: seconds, reason };
}
