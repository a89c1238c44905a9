import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { isServiceUrl } from '../../ports/service-urls.ts';
import { type BotKeys, KeysUnreachable } from './bot-keys.ts';

/** A request that is not let in: the HTTP status and one sentence, for the log and the answer. It names no secret. */
export class NotLetIn extends Error {
  readonly status: number;

  constructor(status: 400 | 401 | 403 | 413 | 503, message: string) {
    super(message);
    this.name = 'NotLetIn';
    this.status = status;
  }
}

export interface GuardOptions {
  readonly appId: string;
  readonly tenantIds: readonly string[];
  readonly keys: BotKeys;
  /** The origins that an activity may name as its serviceUrl. */
  readonly serviceOrigins: readonly string[];
  /** The system clock in milliseconds. */
  readonly now: () => number;
}

/** What the token proves, before the body is read. */
export interface ProvenCaller {
  readonly serviceUrl: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly endorsements: readonly string[];
}

const ISSUER = 'https://api.botframework.com';
const CHANNEL = 'msteams';
/** How far Microsoft's clock and ours may differ, in seconds. */
const CLOCKS_DIFFER = 60;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const LONGEST_TOKEN = 16_384;

/**
 * Proves by the Authorization header that Microsoft's bot service sends this, for our app: signed by one of its keys (RS256 and
 * nothing else), its issuer, exactly our audience, not expired, with the address that may be answered. The SDK (2.1.0) would take
 * any token of Entra for our app, of any tenant, with any serviceUrl. Throws NotLetIn.
 */
export async function proveCaller(authorization: string | undefined, options: GuardOptions): Promise<ProvenCaller> {
  const token = BEARER.exec(authorization ?? '')?.[1];
  if (!token || token.length > LONGEST_TOKEN) throw new NotLetIn(401, 'The request carries no token.');
  let endorsements: readonly string[] = [];
  const verified = await jwtVerify(
    token,
    async ({ kid }) => {
      const key = kid === undefined ? null : await options.keys.byId(kid);
      if (!key) throw new NotLetIn(401, 'The token is signed with an unknown key.');
      endorsements = key.endorsements;
      return key.key;
    },
    {
      algorithms: ['RS256'],
      issuer: ISSUER,
      audience: options.appId,
      clockTolerance: CLOCKS_DIFFER,
      currentDate: new Date(options.now()),
      requiredClaims: ['exp', 'serviceurl'],
    },
  ).catch((error: unknown) => {
    throw refusalOf(error);
  });
  const { exp = 0, serviceurl, aud } = verified.payload;
  if (aud !== options.appId) throw new NotLetIn(401, 'The token is for another audience.');
  if (typeof serviceurl !== 'string') throw new NotLetIn(401, 'The token names no serviceUrl.');
  return { serviceUrl: serviceurl, expiresAt: exp * 1_000, endorsements };
}

function refusalOf(error: unknown): NotLetIn {
  if (error instanceof NotLetIn) return error;
  if (error instanceof KeysUnreachable) {
    return new NotLetIn(503, 'Microsoft’s keys cannot be reached, so nobody can be proven. Try again in a minute.');
  }
  const reason = error instanceof errors.JOSEError ? error.code : 'ERR_TOKEN';
  return new NotLetIn(401, `The token is not valid (${reason}).`);
}

/** The part of an activity that is checked before anybody works with it. */
export interface Activity {
  readonly type: string;
  readonly id?: string | undefined;
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly [more: string]: unknown;
}

/** Ids go into addresses as they are: nothing in them may end a path. */
const pathSafe = z.string().regex(/^[\w:;=@.+|~!*'(),$-]{1,400}$/);
const tenant = z.string().max(100);
const account = z.looseObject({ id: z.string().max(400), aadObjectId: z.string().max(100).nullish() });
const record = z.record(z.string(), z.unknown());
const activity = z.looseObject({
  type: z.string().min(1).max(100),
  id: pathSafe.optional(),
  name: z.string().max(200).optional(),
  channelId: z.string().max(100),
  serviceUrl: z.string().max(2_000),
  from: account,
  recipient: account,
  conversation: z.looseObject({ id: pathSafe, tenantId: tenant.nullish(), conversationType: z.string().nullish() }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: tenant }).nullish() }).nullish(),
  entities: z
    .array(z.looseObject({ type: z.string() }))
    .max(200)
    .nullish(),
  attachments: z
    .array(z.looseObject({ contentType: z.string() }))
    .max(50)
    .nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
});

/**
 * The body, if it is an activity that this token may bring: from the address that the token names, on a channel and by a key that
 * vouches for it, of a tenant that is let in. Throws NotLetIn.
 */
export function admit(body: unknown, caller: ProvenCaller, options: GuardOptions): Activity {
  const named = z.looseObject({ serviceUrl: z.string() }).safeParse(body);
  if (!named.success) throw new NotLetIn(403, 'The activity names no serviceUrl.');
  if (withoutSlash(named.data.serviceUrl) !== withoutSlash(caller.serviceUrl)) {
    throw new NotLetIn(403, 'The activity names another serviceUrl than its token.');
  }
  const parsed = activity.safeParse(body);
  if (!parsed.success) throw new NotLetIn(400, 'That is not an activity of Teams.');
  const said = parsed.data;
  if (!isServiceUrl(said.serviceUrl, options.serviceOrigins)) {
    throw new NotLetIn(403, 'The serviceUrl is not one of Teams’ addresses.');
  }
  if (said.channelId !== CHANNEL) throw new NotLetIn(403, 'Only Microsoft Teams is served here.');
  if (!caller.endorsements.includes(CHANNEL)) {
    throw new NotLetIn(401, 'The key that signed the token does not vouch for Microsoft Teams.');
  }
  const tenants = [said.conversation.tenantId, said.channelData?.tenant?.id].flatMap((id) => id?.toLowerCase() ?? []);
  if (tenants.length === 0 || tenants.some((id) => !options.tenantIds.includes(id))) {
    throw new NotLetIn(403, 'This organisation is not let in: its tenant is not among TEAMS_TENANT_IDS.');
  }
  if (said.type === 'invoke' && !record.safeParse(said.value ?? {}).success) {
    throw new NotLetIn(400, 'That is not an activity of Teams.');
  }
  return said as Activity;
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
