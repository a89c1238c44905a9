import type { MailOutcome } from '../../../ports/mailer.ts';

/**
 * What a failed attempt means (contracts, Mail). Before a session stood nothing can have gone out, whatever the reply was (a
 * refused login says 535 about us, not about the recipient). Within a session only the reply's class decides, and no
 * reply is `unknown`: nodemailer cannot tell a cut at RCPT from one after the dot.
 */
export function outcomeOf(error: unknown, inSession: boolean): MailOutcome {
  const code = replyCode(error);
  const reply = replyText(error);
  if (!inSession) return { kind: 'later', code, reply };
  if (code !== null && code >= 500 && code <= 599) return { kind: 'refused', code, reply };
  if (code !== null && code >= 400 && code <= 499) return { kind: 'later', code, reply };
  return { kind: 'unknown', reply };
}

function replyCode(error: unknown): number | null {
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : null;
  return typeof code === 'number' ? code : null;
}

function replyText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no reply';
  if ('response' in error && typeof error.response === 'string' && error.response !== '') return error.response;
  return error instanceof Error ? error.message : 'no reply';
}
