import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far Slack's clock and ours may differ, both ways, in seconds. A time in the future is as wrong as an old one. */
const WINDOW_SECONDS = 300;
const SIGNATURE = /^v0=[0-9a-f]{64}$/;
const TIMESTAMP = /^[0-9]{1,12}$/;

export interface SignedHeaders {
  readonly timestamp: string;
  readonly signature: string;
}

/** The two headers of a signed request, if they are well formed and the time is within the window; else null. */
export function signedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  nowMilliseconds: number,
): SignedHeaders | null {
  const timestamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return null;
  if (!TIMESTAMP.test(timestamp) || !SIGNATURE.test(signature)) return null;
  if (Math.abs(nowMilliseconds / 1000 - Number(timestamp)) > WINDOW_SECONDS) return null;
  return { timestamp, signature };
}

/** True if Slack, who alone shares the secret, signed exactly these bytes at that time. */
export function isSigned(secret: string, { timestamp, signature }: SignedHeaders, body: Uint8Array): boolean {
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(secret, timestamp, body)));
}

/** The signature header's value for a body: "v0=…". */
export function sign(secret: string, timestamp: string, body: Uint8Array | string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}
