import { createHmac } from 'node:crypto';

/** The two headers that prove who asks and when; the other side refuses beyond 300 seconds (docs/automation.md). */
export function signedHeaders(
  secret: string,
  epochSeconds: number,
  request: { readonly method: string; readonly path: string; readonly body: string },
): Record<string, string> {
  const signed = `${epochSeconds}.${request.method} ${request.path}.${request.body}`;
  return {
    'x-changeover-timestamp': String(epochSeconds),
    'x-changeover-signature': `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`,
  };
}
