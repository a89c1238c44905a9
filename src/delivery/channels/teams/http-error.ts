import { systemClock } from '../../../kernel/clock.ts';

/** The HTTP status of the answer that the SDK threw, or null where there was none. */
export function statusOf(error: unknown): number | null {
  const status = answerOf(error)?.status;
  return typeof status === 'number' ? status : null;
}

/** Seconds, from Retry-After as a number or as a date (RFC 9110, 10.2.3); null where it is not said or not understood. */
export function askedToWait(error: unknown): number | null {
  const headers: unknown = answerOf(error)?.headers;
  const said: unknown =
    typeof headers === 'object' && headers !== null ? Reflect.get(headers, 'retry-after') : undefined;
  if (typeof said !== 'string' || said.trim() === '') return null;
  const seconds = /^\d+(\.\d+)?$/.test(said.trim()) ? Number(said) : secondsUntil(said);
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), LONGEST_SECONDS) : null;
}

/** Teams' own word for what is wrong ("BotNotInConversationRoster"), or null. */
export function codeIn(error: unknown): string | null {
  const body: unknown = answerOf(error)?.data;
  const inner: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'error') : undefined;
  const code: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'code') : undefined;
  return typeof code === 'string' && /^[\w .-]{1,80}$/.test(code) ? code : null;
}

const LONGEST_SECONDS = 86_400;

function secondsUntil(date: string): number {
  return Math.ceil((Date.parse(date) - systemClock.now().epochMilliseconds) / 1_000);
}

function answerOf(error: unknown): { status?: unknown; headers?: unknown; data?: unknown } | null {
  const answer: unknown = error instanceof Error && 'response' in error ? error.response : null;
  return typeof answer === 'object' && answer !== null ? answer : null;
}
