import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { InstallURLOptions, StateStore } from '@slack/bolt';

export interface InstallState extends StateStore {
  /** How long a state is good. */
  readonly seconds: number;
}

const SECONDS = 600;

/**
 * The state of an installation under way: what was asked for and when, with a code that only we can make. Nothing is kept of it
 * here: Bolt compares it with the browser's cookie, and the pass inside is good for one installation. `now` in milliseconds.
 */
export function installState(sign: (text: string) => string, now: () => number): InstallState {
  return {
    seconds: SECONDS,
    async generateStateParam(options) {
      const text = JSON.stringify({ options, at: now(), nonce: randomBytes(16).toString('base64url') });
      const body = Buffer.from(text).toString('base64url');
      return `${body}.${sign(body)}`;
    },
    async verifyStateParam(_at, state) {
      const [body = '', code = ''] = state.split('.');
      if (!same(code, sign(body))) throw new BadState('The state was not made here.');
      const { options, at } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Carried;
      const age = now() - at;
      if (age < 0 || age > SECONDS * 1000) throw new BadState('The state is too old.');
      return options;
    },
  };
}

interface Carried {
  readonly options: InstallURLOptions;
  readonly at: number;
}

class BadState extends Error {
  readonly code = 'slack_oauth_invalid_state';
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
