import { randomInt } from 'node:crypto';
import { sha256 } from './canonical.ts';

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ';
const ALPHABET = `23456789${LETTERS}`;
const GROUPS = 3;
const LENGTH = 4;

/**
 * Twelve random characters for people to type, 57 bits: "K7QM-F42X-T9BD". Each group begins with a letter, so that none looks
 * like a booking reference. Never stored: see `hashOfCode`.
 */
export function newSecretCode(): string {
  const group = () => LETTERS.charAt(randomInt(LETTERS.length)) + random(LENGTH - 1);
  return Array.from({ length: GROUPS }, group).join('-');
}

function random(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** What is stored of a secret code; how it was typed (case, spaces, hyphens) does not matter. */
export function hashOfCode(typed: string): string {
  return sha256(`secret-code ${typed.toUpperCase().replaceAll(/[\s-]/g, '')}`);
}
