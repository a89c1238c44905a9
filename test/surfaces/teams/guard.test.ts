import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { exportSPKI, importJWK } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/command.ts';
import type { Request } from '../../../src/dispatch.ts';
import { type Payload, written } from '../../support/teams-activities.ts';
import { TEAMS_APP } from '../../support/teams-connector.ts';
import { TeamsOffice } from '../../support/teams-office.ts';
import { signingKey } from '../../support/teams-tokens.ts';

const HOUR = 3_600;
const FOREIGN_TENANT = 'ffffffff-0000-4000-8000-00000000000f';

describe('the guard before the Teams SDK', () => {
  let office: TeamsOffice;
  let asked: Request[];
  let clock: number;

  beforeEach(async () => {
    asked = [];
    clock = 0;
    office = await new TeamsOffice().open({
      dispatch: async (given) => {
        asked.push(given);
        const answer = { code: 'help', facts: { verbs: [], contacts: [] }, next: [] } as unknown as Answer;
        return { kind: 'answer', verb: 'help', answer, auditSeq: null };
      },
      now: () => Date.now() + clock,
    });
  });
  afterEach(() => office.close());

  const activity = (more: Payload = {}) => ({ ...written('help', { serviceUrl: office.teams.serviceUrl }), ...more });
  const now = () => Math.floor(Date.now() / 1_000);
  const token = (claims: Payload = {}, with_ = {}) => office.issuer.token(office.teams.serviceUrl, claims, with_);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  interface Case {
    readonly name: string;
    readonly status: number;
    readonly token?: () => Promise<string | null> | string | null;
    readonly body?: () => unknown;
    readonly before?: () => Promise<void> | void;
  }

  const payload = () => ({
    iss: 'https://api.botframework.com',
    aud: TEAMS_APP.appId,
    serviceurl: office.teams.serviceUrl,
    exp: now() + HOUR,
  });
  /** HS256 with the public key, which is known to everybody, as the secret. */
  const confused = async () => {
    const [key] = office.issuer.keys;
    const publicKey = await importJWK({ ...key?.jwk, ext: true }, 'RS256', { extractable: true });
    const head = `${part({ alg: 'HS256', typ: 'JWT', kid: 'first' })}.${part(payload())}`;
    const signature = createHmac('sha256', await exportSPKI(publicKey as CryptoKey)).update(head);
    return `${head}.${signature.digest('base64url')}`;
  };
  const ENTRA = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;
  const elsewhere = { tenant: { id: FOREIGN_TENANT } };

  const refused: readonly Case[] = [
    { name: 'no token', status: 401, token: () => null },
    { name: 'garbage for a token', status: 401, token: () => 'garbage' },
    { name: 'garbage in three parts', status: 401, token: () => 'a.b.c' },
    { name: 'another audience', status: 401, token: () => token({ aud: '99999999-2222-4333-8444-555555555555' }) },
    { name: 'an audience beside ours', status: 401, token: () => token({ aud: [TEAMS_APP.appId, 'other'] }) },
    { name: 'another issuer', status: 401, token: () => token({ iss: 'https://api.botframework.com.example' }) },
    { name: 'expired', status: 401, token: () => token({ exp: now() - 120 }) },
    { name: 'not valid yet', status: 401, token: () => token({ nbf: now() + 120 }) },
    { name: 'no end', status: 401, token: () => token({ exp: undefined }) },
    {
      name: 'a serviceurl that is not the body’s',
      status: 403,
      token: () => token({ serviceurl: 'https://evil.example' }),
    },
    { name: 'no serviceurl', status: 401, token: () => token({ serviceurl: undefined }) },
    { name: 'a serviceurl that is no text', status: 401, token: () => token({ serviceurl: 7 }) },
    { name: 'a body without serviceUrl', status: 403, body: () => activity({ serviceUrl: undefined }) },
    { name: 'alg none', status: 401, token: () => `${part({ alg: 'none' })}.${part(payload())}.` },
    {
      name: 'alg none with our key id',
      status: 401,
      token: () => `${part({ alg: 'none', kid: 'first' })}.${part(payload())}.x`,
    },
    { name: 'HS256 with the public key as the secret', status: 401, token: confused },
    {
      name: 'another key under our key id',
      status: 401,
      token: async () => token({}, { key: await signingKey('other'), kid: 'first' }),
    },
    { name: 'an unknown key id', status: 401, token: async () => token({}, { key: await signingKey('unknown') }) },
    {
      name: 'a key that does not vouch for Teams',
      status: 401,
      token: async () => {
        const key = await signingKey('directline', ['directline']);
        office.issuer.keys.push(key);
        return token({}, { key });
      },
    },
    {
      name: 'another tenant in the body',
      status: 403,
      body: () => activity({ channelData: elsewhere, conversation: { id: 'a:1', tenantId: FOREIGN_TENANT } }),
    },
    { name: 'another tenant in one place', status: 403, body: () => activity({ channelData: elsewhere }) },
    {
      name: 'no tenant in the body',
      status: 403,
      body: () => activity({ channelData: {}, conversation: { id: 'a:1' } }),
    },
    {
      name: 'an Entra token of a foreign tenant',
      status: 401,
      token: async () => token({ iss: ENTRA(FOREIGN_TENANT), tid: FOREIGN_TENANT }, { key: await signingKey('entra') }),
    },
    {
      name: 'an Entra token of another app in the home tenant, with a forged approver',
      status: 401,
      token: () => token({ iss: ENTRA(TEAMS_APP.tenant), tid: TEAMS_APP.tenant, azp: 'another app' }),
      body: () => activity({ from: { id: '29:forged', aadObjectId: '00000000-0000-4000-8000-000000000001' } }),
    },
    { name: 'an audience api://…', status: 401, token: () => token({ aud: `api://${TEAMS_APP.appId}` }) },
    { name: 'the keys gone, and none here', status: 503, before: () => office.issuer.stop() },
    { name: '{}', status: 403, body: () => ({}) },
    { name: '{} without a token', status: 401, token: () => null, body: () => ({}) },
    { name: 'a body too large', status: 413, body: () => activity({ text: 'x'.repeat(256 * 1024) }) },
    { name: 'no JSON', status: 400, body: () => 'plan 12' },
    { name: 'a list', status: 403, body: () => [activity()] },
    { name: 'another channel', status: 403, body: () => activity({ channelId: 'emulator' }) },
    {
      name: 'a serviceUrl that is not Teams’, in token and body',
      status: 403,
      token: () => token({ serviceurl: 'https://evil.example/' }),
      body: () => activity({ serviceUrl: 'https://evil.example/' }),
    },
    {
      name: 'a conversation id that is a path',
      status: 400,
      body: () => activity({ conversation: { id: '../../v3/x?', tenantId: TEAMS_APP.tenant } }),
    },
    { name: 'an activity without anybody', status: 400, body: () => activity({ from: undefined }) },
  ];

  for (const one of refused) {
    it(`29: refuses ${one.name}, does nothing, and sends nothing out`, async () => {
      await one.before?.();
      const bearer = one.token ? await one.token() : await token();
      const body = (one.body ?? activity)();
      const answer = await office.post(typeof body === 'string' ? body : JSON.stringify(body), bearer);
      expect(answer.status, answer.text).toBe(one.status);
      expect(answer.type).toBe('application/json; charset=utf-8');
      expect(answer.body).toEqual({ error: expect.stringMatching(/^[A-Z].{10,200}$/) });
      await office.settled();
      expect(asked).toEqual([]);
      expect(office.teams.calls).toEqual([]);
    });
  }

  it('lets in what Microsoft signed for us, and answers', async () => {
    const answer = await office.post(JSON.stringify(activity()), await token());
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(asked).toHaveLength(1);
    expect(office.teams.called('post')).toHaveLength(1);
  });

  it('lets in by a key that is here while Microsoft’s keys are gone, for a day', async () => {
    await office.post(JSON.stringify(activity()), await token());
    office.issuer.down = true;
    expect((await office.post(JSON.stringify(activity()), await token())).status).toBe(200);
    clock = 25 * HOUR * 1_000;
    const later = await token({ exp: now() + 26 * HOUR });
    expect((await office.post(JSON.stringify(activity()), later)).status).toBe(503);
    expect(asked).toHaveLength(2);
  });

  it('fifty unknown keys are no storm at Microsoft’s door', async () => {
    await office.post(JSON.stringify(activity()), await token());
    const key = await signingKey('x');
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, at) => office.post('{}', await token({}, { key, kid: `unknown-${at}` }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 401));
    expect(office.issuer.looks).toBe(1);
  });

  it('finds a new key of Microsoft’s after the cooldown', async () => {
    await office.post(JSON.stringify(activity()), await token());
    const key = await signingKey('second');
    office.issuer.keys.push(key);
    expect((await office.post(JSON.stringify(activity()), await token({}, { key }))).status).toBe(401);
    clock = 31_000;
    expect((await office.post(JSON.stringify(activity()), await token({}, { key }))).status).toBe(200);
    expect(office.issuer.looks).toBe(2);
  });

  it('judges the header before the body: an unproven body is not waited for', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { 'content-length': 1_000_000, authorization: 'Bearer a.b.c' };
      const post = request(`${office.url}/api/messages`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode ?? 0);
        post.destroy();
      });
      post.on('error', reject);
      post.write('{');
    });
    expect(status).toBe(401);
  });

  it('answers other methods and paths with JSON too', async () => {
    const get = await fetch(`${office.url}/api/messages`);
    expect([get.status, await get.json()]).toEqual([405, { error: expect.any(String) }]);
    const nowhere = await fetch(`${office.url}/api/functions/x`, { method: 'POST' });
    expect([nowhere.status, await nowhere.json()]).toEqual([404, { error: expect.any(String) }]);
  });
});
