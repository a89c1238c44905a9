import { parse as parseForm } from 'node:querystring';

export type Json = Readonly<Record<string, unknown>>;

/**
 * The body of a request as an object, or null if it is none: Slack sends a form, a form whose field `payload` is JSON, or
 * JSON. A content type may carry a charset. `null`, a list or a bare word is JSON too, and kills Bolt: it is refused here.
 */
export function readPayload(contentType: string | undefined, body: Buffer): Json | null {
  const kind = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const text = body.toString('utf8');
  if (kind !== 'application/x-www-form-urlencoded') return readObject(text);
  const form = parseForm(text);
  return form.payload === undefined ? form : typeof form.payload === 'string' ? readObject(form.payload) : null;
}

function readObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
