import { type Clock, systemClock } from '../../../kernel/clock.ts';

/** The app's own token for the Bot Connector; the shape that the SDK takes as a token provider. */
export interface AppToken {
  /** A token with some minutes left. Throws a TokenProblem. */
  getAppToken(scope: string): Promise<string>;
  /** The connector did not take the token: the next one is fetched anew. */
  forget(): void;
}

export interface AppTokenOptions {
  readonly appId: string;
  readonly secret: string;
  /** The tenant in which the app is registered. */
  readonly tenant: string;
  /** Microsoft Entra, or a stand-in of it in tests. */
  readonly loginUrl?: string;
  readonly timeoutMilliseconds?: number;
  readonly clock?: Clock;
}

/** No token: `refused` needs a person (a new secret, consent), `unreachable` passes by itself. The message has no secret in it. */
export class TokenProblem extends Error {
  readonly kind: 'refused' | 'unreachable';

  constructor(kind: TokenProblem['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TokenProblem';
    this.kind = kind;
  }
}

const ENTRA = 'https://login.microsoftonline.com';
const TIMEOUT = 5_000;
const SPARE_SECONDS = 300;

/**
 * The client credentials grant (RFC 6749, 4.4), with a deadline, one request at a time, and the token kept until five minutes
 * before its end. The SDK's own way has no deadline.
 */
export function appToken(options: AppTokenOptions): AppToken {
  const clock = options.clock ?? systemClock;
  const kept = new Map<string, { readonly token: string; readonly until: number }>();
  const underWay = new Map<string, Promise<string>>();

  const fetchAnew = async (scope: string): Promise<string> => {
    const { token, seconds } = await request(options, scope);
    kept.set(scope, { token, until: clock.now().epochMilliseconds + (seconds - SPARE_SECONDS) * 1_000 });
    return token;
  };
  return {
    async getAppToken(scope) {
      const one = kept.get(scope);
      if (one && clock.now().epochMilliseconds < one.until) return one.token;
      const asked = underWay.get(scope) ?? fetchAnew(scope).finally(() => underWay.delete(scope));
      underWay.set(scope, asked);
      return asked;
    },
    forget() {
      kept.clear();
    },
  };
}

async function request(options: AppTokenOptions, scope: string): Promise<{ token: string; seconds: number }> {
  const { appId, secret, tenant, loginUrl, timeoutMilliseconds } = options;
  const form = { grant_type: 'client_credentials', client_id: appId, client_secret: secret, scope };
  const response = await fetch(`${loginUrl ?? ENTRA}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMilliseconds ?? TIMEOUT),
  }).catch((error: unknown) => {
    throw new TokenProblem('unreachable', 'Microsoft Entra could not be reached for a token.', error);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response.status, answer);
  const token = field(answer, 'access_token');
  const seconds = field(answer, 'expires_in');
  if (typeof token !== 'string') throw new TokenProblem('unreachable', 'Microsoft Entra answered without a token.');
  return { token, seconds: typeof seconds === 'number' ? seconds : 0 };
}

const REMEDIES: Readonly<Record<string, string>> = {
  '7000215': 'the app secret is wrong. Set TEAMS_APP_SECRET to its value (not its id)',
  '7000222': 'the app secret has expired. Make a new one and set TEAMS_APP_SECRET',
  '700016': 'the app is not known in this tenant. Check TEAMS_APP_ID and the first of TEAMS_TENANT_IDS',
  '90002': 'there is no such tenant. Check the first of TEAMS_TENANT_IDS',
  '7000112': 'the app is disabled. Ask your Microsoft 365 administrator',
};

/** Entra names the cause by a number in its description; the description itself names the app and is not passed on. */
function problemOf(status: number, answer: unknown): TokenProblem {
  if (status === 429 || status >= 500) {
    return new TokenProblem('unreachable', `Microsoft Entra gave no token (HTTP ${status}).`);
  }
  const code = /AADSTS(\d+)/.exec(String(field(answer, 'error_description')))?.[1] ?? '';
  const remedy = REMEDIES[code] ?? 'check TEAMS_APP_ID, TEAMS_APP_SECRET and the first of TEAMS_TENANT_IDS';
  return new TokenProblem('refused', `Microsoft Entra gave no token${code ? ` (AADSTS${code})` : ''}: ${remedy}.`);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
