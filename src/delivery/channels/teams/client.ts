import { setTimeout as wait } from 'node:timers/promises';
import { Client as TeamsApi } from '@microsoft/teams.api';
import { isServiceUrl, TEAMS_SERVICE_ORIGINS } from '../../../ports/service-urls.ts';
import type { AppToken } from './app-token.ts';
import { askedToWait, statusOf } from './http-error.ts';

export { TeamsApi };

/** What the SDK takes as `App({ client })`, and the API client as its second argument. */
export type TeamsHttp = Exclude<NonNullable<ConstructorParameters<typeof TeamsApi>[1]>, TeamsApi['http']>;
type Middleware = NonNullable<TeamsHttp['middlewares']>[number];

export interface TeamsHttpOptions {
  readonly token: AppToken;
  /** The origins that may get the token. */
  readonly origins?: readonly string[];
  /** Of one attempt, in milliseconds; the SDK itself would wait for ever. */
  readonly timeoutMilliseconds?: number;
  /** How often a request is sent at most: one where the outbox tries again. */
  readonly attempts?: number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** A request that was not sent, because its address may not have the app's token. */
export class ForeignAddress extends Error {
  constructor(address: string) {
    const shown = URL.canParse(address) ? new URL(address).origin : 'an address that is none';
    super(`The app's token does not go to ${shown}: it is not on the list of Teams' addresses.`);
    this.name = 'ForeignAddress';
  }
}

const BOT_SCOPE = 'https://api.botframework.com/.default';
const TIMEOUT = 5_000;
const ATTEMPTS = 3;
const LARGEST_ANSWER = 1_000_000;
const LATER: ReadonlySet<number> = new Set([412, 429, 502, 503, 504]);
const FIRST_PAUSE = 500;
/** Who is asked to wait longer does not wait here: the caller hears of it. */
const LONGEST_PAUSE = 5_000;
const JITTER = 250;

/**
 * The SDK's outgoing requests, guarded: only to Teams, no redirects, an end to waiting, and some tries more where Microsoft asks
 * for them. The token is made here, so that a foreign address never makes one.
 */
export function teamsHttp(options: TeamsHttpOptions): TeamsHttp {
  return { timeout: options.timeoutMilliseconds ?? TIMEOUT, middlewares: [guard(options)] };
}

/** The Bot Connector behind this serviceUrl. */
export function teamsApi(serviceUrl: string, options: TeamsHttpOptions): TeamsApi {
  return new TeamsApi(serviceUrl, teamsHttp(options), { tokenProvider: options.token });
}

function guard({ token, origins, timeoutMilliseconds, attempts, sleep, random }: TeamsHttpOptions): Middleware {
  const allowed = origins ?? TEAMS_SERVICE_ORIGINS;
  return {
    async invoke({ config }, next) {
      const address = config.url ?? '';
      if (config.baseURL !== undefined || !isServiceUrl(address, allowed)) throw new ForeignAddress(address);
      Object.assign(config, { maxRedirects: 0, maxContentLength: LARGEST_ANSWER });
      for (let attempt = 1; ; attempt += 1) {
        try {
          // Before the clock of this attempt runs: what ends without a token was not sent.
          config.token = await token.getAppToken(BOT_SCOPE);
          config.signal = AbortSignal.timeout(timeoutMilliseconds ?? TIMEOUT);
          return await next();
        } catch (error) {
          if (statusOf(error) === 401) token.forget();
          const pause = pauseAfter(error, attempt, random ?? Math.random);
          if (attempt >= (attempts ?? ATTEMPTS) || pause === null) throw error;
          await (sleep ?? wait)(pause);
        }
      }
    },
  };
}

/** How long to wait before the next try, in milliseconds; null: no further one here. */
function pauseAfter(error: unknown, attempt: number, random: () => number): number | null {
  if (!LATER.has(statusOf(error) ?? 0)) return null;
  const asked = askedToWait(error);
  const pause = (asked === null ? FIRST_PAUSE * 2 ** (attempt - 1) : asked * 1_000) + random() * JITTER;
  return pause <= LONGEST_PAUSE + JITTER ? pause : null;
}
