import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Canonical JSON (RFC 8785): the same value always gives the same text. Throws on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form.');
  return text;
}

/** SHA-256 of a text, 64 lower-case hexadecimal digits. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex');
}

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The short code of a hash for people to read out: "K7Q-4F2". No letter or digit that is easily mistaken. */
export function shortCode(hash: string): string {
  let rest = BigInt(`0x${hash.slice(0, 16)}`);
  let code = '';
  for (let i = 0; i < 6; i++) {
    code += ALPHABET[Number(rest % BigInt(ALPHABET.length))];
    rest /= BigInt(ALPHABET.length);
  }
  return `${code.slice(0, 3)}-${code.slice(3)}`;
}
