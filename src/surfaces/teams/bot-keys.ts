import { importJWK, type JWK } from 'jose';
import { z } from 'zod';

/** One of the keys with which Microsoft signs what it sends to bots. */
export interface BotKey {
  readonly key: CryptoKey;
  /** The channels that it vouches for. */
  readonly endorsements: readonly string[];
}

export interface BotKeys {
  /** Null when Microsoft has no such key. Throws a KeysUnreachable when that cannot be known. */
  byId(keyId: string): Promise<BotKey | null>;
}

/** The keys are not here and could not be fetched: nobody can be proven now (rule 29). */
export class KeysUnreachable extends Error {}

export interface BotKeysOptions {
  readonly url: string;
  /** The system clock in milliseconds. */
  readonly now: () => number;
  readonly timeoutMilliseconds?: number;
}

export const BOT_FRAMEWORK_KEYS = 'https://login.botframework.com/v1/.well-known/keys';
/** Microsoft asks for a look at least every 24 hours. */
const FRESH = 24 * 3_600_000;
/** Unknown key ids cause no storm: between two looks pass so many milliseconds, whatever came of the first. */
const COOLDOWN = 30_000;
const TIMEOUT = 5_000;
const LARGEST = 500_000;

const answer = z.object({
  keys: z
    .array(z.looseObject({ kty: z.string(), kid: z.string().optional(), endorsements: z.array(z.string()).optional() }))
    .max(200),
});

/** Microsoft's keys: fetched when first wanted, kept for a day, and looked at again for an id that is not among them. */
export function botKeys({ url, now, timeoutMilliseconds }: BotKeysOptions): BotKeys {
  let known: { readonly keys: ReadonlyMap<string, BotKey>; readonly at: number } | null = null;
  let lastLook: number | null = null;
  let look: Promise<void> | null = null;

  const fetchKeys = async (): Promise<void> => {
    const keys = await readKeys(url, timeoutMilliseconds ?? TIMEOUT);
    known = { keys, at: now() };
  };
  const lookAgain = (): Promise<void> => {
    if (look) return look;
    if (lastLook !== null && now() - lastLook < COOLDOWN) return Promise.resolve();
    lastLook = now();
    look = fetchKeys().finally(() => {
      look = null;
    });
    return look;
  };
  const fresh = () => (known !== null && now() - known.at < FRESH ? known.keys : null);

  return {
    async byId(keyId) {
      const key = fresh()?.get(keyId);
      if (key) return key;
      const failure = await lookAgain().then(
        () => null,
        (error: unknown) => error,
      );
      const keys = fresh();
      if (!keys)
        throw new KeysUnreachable('The keys that prove a request from Teams are not here.', { cause: failure });
      return keys.get(keyId) ?? null;
    },
  };
}

async function readKeys(url: string, timeout: number): Promise<ReadonlyMap<string, BotKey>> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new Error(`The keys' address answered ${response.status}.`);
  const text = await response.text();
  if (text.length > LARGEST) throw new Error('The keys are longer than any list of keys.');
  const { keys } = answer.parse(JSON.parse(text));
  const read = await Promise.all(keys.filter(({ kty, kid }) => kty === 'RSA' && kid).map(readKey));
  return new Map(read);
}

async function readKey(jwk: z.infer<typeof answer>['keys'][number]): Promise<[string, BotKey]> {
  const { endorsements = [], kid = '', ...rest } = jwk;
  const key = await importJWK(rest as JWK, 'RS256');
  if (key instanceof Uint8Array) throw new Error('A key of Microsoft is not an RSA key.');
  return [kid, { key, endorsements }];
}
