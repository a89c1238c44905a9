import type { ChannelOutcome } from '../../../ports/channel.ts';
import { TokenProblem } from './app-token.ts';
import { ForeignAddress } from './client.ts';
import { askedToWait, codeIn, statusOf } from './http-error.ts';

/** What is known after a call to Teams that did not succeed. */
export type Failure = Exclude<ChannelOutcome, { kind: 'done' }>;

/** Nobody of this tenant has spoken to us, so that there is no address to speak to. */
export class NotInstalled extends Error {
  constructor() {
    super('Changeover is not in this Teams conversation. Add the app there and write to it once.');
    this.name = 'NotInstalled';
  }
}

const NOT_THERE = 'Changeover was taken out of this Teams conversation, or may not write there. Add the app again.';
/** Teams says that we do not belong there, or may not write: a person must put it right, then the same posting goes through. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  BotNotInConversationRoster: NOT_THERE,
  ForbiddenOperationException: NOT_THERE,
  BotDisabledByAdmin: 'An administrator has blocked Changeover in Microsoft Teams. Ask them to allow the app.',
  ConversationBlockedByUser: 'This person has blocked Changeover in Microsoft Teams. Reach them another way.',
  MessageWritesBlocked:
    'Nobody can write in this Teams conversation now (archived, or blocked). Ask its owner to open it.',
};
/** The message cannot be edited any more: somebody deleted it, or it is not ours. */
const GONE: ReadonlySet<string> = new Set(['ActivityNotFoundInConversation', 'ActivityNotFound', 'MessageNotFound']);
/** Errors of a connection that was never made, so that nothing reached Teams. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const RETRY_SECONDS = 15;
const FIXABLE_SECONDS = 300;

/** One mapping from what the SDK throws to what the outbox must do. Whatever is not understood is `unknown`, never `final`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NotInstalled || error instanceof ForeignAddress) return fixable(error.message);
  if (error instanceof TokenProblem) {
    return error.kind === 'refused' ? fixable(error.message) : later(RETRY_SECONDS, error.message);
  }
  const status = statusOf(error);
  return status === null ? connectionFailure(error) : answered(status, error);
}

function answered(status: number, error: unknown): Failure {
  const code = codeIn(error);
  const reason = code === null ? `HTTP ${status}` : `HTTP ${status} ${code}`;
  if (status === 429) return { ...later(askedToWait(error) ?? RETRY_SECONDS, 'rate limit'), because: 'limit' };
  if (status === 412 || status === 503) return later(askedToWait(error) ?? RETRY_SECONDS, reason);
  if (status >= 500) return { kind: 'unknown', reason };
  // The token that was not taken is forgotten already: the next try has a new one.
  if (status === 401) return later(RETRY_SECONDS, 'Microsoft Teams did not accept the app’s token.');
  if (status === 403) return fixable(FORBIDDEN[code ?? ''] ?? NOT_THERE);
  if (status === 404 && GONE.has(code ?? '')) return { kind: 'gone', reason };
  if (status === 404 || status === 410) {
    return {
      kind: 'final',
      reason: `This Teams conversation is not there any more (${reason}). Use the migration in another one.`,
      because: 'channel',
    };
  }
  if (status < 400)
    return fixable(`Microsoft Teams pointed elsewhere (${reason}), which is never followed. Tell an administrator.`);
  return { kind: 'final', reason: `Microsoft Teams refused the message (${reason}).` };
}

function connectionFailure(error: unknown): Failure {
  const code = codeOf(error) ?? (error instanceof Error ? error.name : String(error));
  return NEVER_CONNECTED.has(code) ? later(RETRY_SECONDS, code) : { kind: 'unknown', reason: code };
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function fixable(reason: string): Failure {
  return { kind: 'retry', afterSeconds: FIXABLE_SECONDS, reason, because: 'person' };
}

function later(seconds: number, reason: string): Extract<Failure, { kind: 'retry' }> {
  return { kind: 'retry', afterSeconds: seconds, reason };
}
