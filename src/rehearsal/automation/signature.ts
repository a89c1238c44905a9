import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly target: string;
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
}

/** The signature of a request: v1=HMAC-SHA256(secret, timestamp "." METHOD " " path?query "." body), in hexadecimal. */
export function signatureOf(secret: string, request: Omit<SignedRequest, 'signature'>): string {
  const signed = `${request.timestamp}.${request.method} ${request.target}.${request.body}`;
  return `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`;
}

/** True where the secret's holder sent exactly this, within five minutes of now by the machine's clock. */
export function isSigned(secret: string, request: SignedRequest, nowSeconds: number): boolean {
  const age = Math.abs(nowSeconds - Number(request.timestamp));
  if (!/^\d{1,12}$/.test(request.timestamp) || age > 300) return false;
  const expected = Buffer.from(signatureOf(secret, request));
  const given = Buffer.from(request.signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
