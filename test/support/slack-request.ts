import { sign } from '../../src/surfaces/slack/signature.ts';

export const SIGNING_SECRET = 'a-signing-secret-for-tests';

export interface SignedOptions {
  readonly secret?: string;
  /** Unix seconds. */
  readonly timestamp?: number | string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends bytes as Slack does: signed, to the receiver's one path. */
export function sendSigned(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  options: SignedOptions = {},
): Promise<Response> {
  const timestamp = String(options.timestamp ?? Math.floor(Date.now() / 1000));
  return fetch(`${url}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': options.contentType ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(options.secret ?? SIGNING_SECRET, timestamp, body),
      ...options.headers,
    },
    body,
  });
}

/** A form body, as slash commands come. */
export function form(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

/** A form body whose field `payload` is JSON, as clicks and forms come. */
export function payload(value: unknown): string {
  return form({ payload: JSON.stringify(value) });
}
