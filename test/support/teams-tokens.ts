import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { TEAMS_APP } from './teams-connector.ts';

/** A pair of keys as Microsoft's bot service has them. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: Readonly<Record<string, unknown>>;
}

export async function signingKey(kid: string, endorsements: readonly string[] = ['msteams']): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256', endorsements };
  return { kid, privateKey, jwk };
}

/** In place of https://login.botframework.com: the list of keys, counted, and gone on demand. */
export class TokenIssuer {
  readonly keys: SigningKey[] = [];
  looks = 0;
  down = false;
  url = '';
  #server: Server = createServer((_request, response) => {
    this.looks += 1;
    if (this.down) return void response.writeHead(503).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: this.keys.map(({ jwk }) => jwk) }));
  });

  async start(port = 0): Promise<this> {
    this.keys.push(await signingKey('first'));
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/.well-known/keys`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** A token as the bot service sends it; `undefined` takes a claim out. */
  async token(
    serviceUrl: string,
    claims: JWTPayload = {},
    with_: { kid?: string; key?: SigningKey } = {},
  ): Promise<string> {
    const key = with_.key ?? this.keys[0];
    if (!key) throw new Error('The issuer was not started.');
    const now = Math.floor(Date.now() / 1_000);
    const all = {
      iss: 'https://api.botframework.com',
      aud: TEAMS_APP.appId,
      serviceurl: serviceUrl,
      iat: now,
      nbf: now - 10,
      exp: now + 3_600,
      ...claims,
    };
    const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return new SignJWT(kept)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: with_.kid ?? key.kid })
      .sign(key.privateKey);
  }
}
