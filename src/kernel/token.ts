import { randomBytes } from 'node:crypto';
import { sha256 } from './canonical.ts';

/** 256 random bits in 43 characters that may stand in an address or a cookie. Never stored: see `hashOfToken`. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. One that was given out for one purpose is worth nothing for another. */
export function hashOfToken(purpose: 'page-link' | 'page-session' | 'page-form', token: string): string {
  return sha256(`${purpose} ${token}`);
}
