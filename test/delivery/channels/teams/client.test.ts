import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppToken, appToken, TokenProblem } from '../../../../src/delivery/channels/teams/app-token.ts';
import { type TeamsApi, teamsApi } from '../../../../src/delivery/channels/teams/client.ts';
import { statusOf } from '../../../../src/delivery/channels/teams/http-error.ts';
import { fixedClock } from '../../../../src/kernel/clock.ts';
import { FakeTeams, TEAMS_APP, type TeamsFault } from '../../../support/teams-connector.ts';

const ROOM = '19:room@thread.tacv2';

describe("the SDK's requests to Teams", () => {
  let teams: FakeTeams;
  let elsewhere: FakeTeams;
  let clock: ReturnType<typeof fixedClock>;
  let token: AppToken;
  let pauses: number[];

  beforeEach(async () => {
    teams = await new FakeTeams().start();
    elsewhere = await new FakeTeams().start();
    teams.addConversation(ROOM, 'channel');
    clock = fixedClock('2026-12-01T19:00:00Z');
    token = appToken({ ...TEAMS_APP, loginUrl: teams.loginUrl, clock });
    pauses = [];
  });
  afterEach(async () => {
    await teams.stop();
    await elsewhere.stop();
  });

  const api = (serviceUrl = teams.serviceUrl, patience = 5_000, by = token): TeamsApi =>
    teamsApi(serviceUrl, {
      token: by,
      origins: [teams.url],
      timeoutMilliseconds: patience,
      sleep: async (milliseconds) => void pauses.push(milliseconds),
      random: () => 0.5,
    });
  const post = (by = api()) => by.conversations.createActivity(ROOM, { type: 'message', text: 'x' });
  const failed = (by = api()) => post(by).then(() => null, statusOf);

  it('carry one token for as long as it lasts', async () => {
    await post();
    await post();
    expect(teams.called('token')).toHaveLength(1);
    clock.set('2026-12-01T19:54:59Z');
    await Promise.all([post(), post(), post()]);
    expect(teams.called('token')).toHaveLength(2);
    expect(teams.messages).toHaveLength(5);
  });

  it('go nowhere but to Teams, and no token is made for any other address', async () => {
    for (const address of [
      elsewhere.serviceUrl,
      'https://smba.trafficmanager.net.example.org/uk/',
      'https://example.org@smba.trafficmanager.net/',
      'http://smba.trafficmanager.net/uk/',
      `${teams.url.replace('http://', 'http://user:word@')}/uk/`,
      'not an address',
    ]) {
      await expect(post(api(address))).rejects.toThrow(/not on the list of Teams' addresses/);
    }
    expect(elsewhere.calls).toEqual([]);
    expect(teams.calls).toEqual([]);
  });

  it('do not follow where Teams points elsewhere', async () => {
    teams.fail('post', { kind: 'elsewhere', address: elsewhere.url });
    expect(await failed()).toBe(307);
    expect(elsewhere.calls).toEqual([]);
  });

  it('come to an end when nobody answers', async () => {
    await post();
    teams.fail('post', { kind: 'hang' });
    await expect(post(api(teams.serviceUrl, 200))).rejects.toThrow();
    teams.fail('token', { kind: 'hang' });
    const hasty = appToken({ ...TEAMS_APP, loginUrl: teams.loginUrl, timeoutMilliseconds: 200 });
    await expect(post(api(teams.serviceUrl, 5_000, hasty))).rejects.toThrow(TokenProblem);
    expect(teams.messages).toHaveLength(1);
  });

  it.each<[string, TeamsFault, number]>([
    ['429 with Retry-After', { kind: 'limited', retryAfter: '2' }, 2_125],
    ['429 without one', { kind: 'limited', retryAfter: null }, 625],
    ['429 with one that means nothing', { kind: 'limited', retryAfter: 'soon' }, 625],
    ['412', { kind: 'http', status: 412 }, 625],
    ['502', { kind: 'http', status: 502 }, 625],
    ['503', { kind: 'http', status: 503 }, 625],
    ['504', { kind: 'http', status: 504 }, 625],
  ])('are tried again after %s', async (_words, fault, pause) => {
    teams.fail('post', fault);
    await post();
    expect(teams.messages).toHaveLength(1);
    expect(pauses).toEqual([pause]);
  });

  it('wait until a date that Retry-After names', async () => {
    const inTwoSeconds = new Date(Date.now() + 2_000).toUTCString();
    teams.fail('post', { kind: 'limited', retryAfter: inTwoSeconds });
    await post();
    expect(pauses[0]).toBeLessThanOrEqual(2_125);
    expect(teams.messages).toHaveLength(1);
  });

  it('wait when a conversation has had as much as Teams allows, and lose nothing', async () => {
    let time = 0;
    teams.rates.enforce(() => time);
    const patient = teamsApi(teams.serviceUrl, {
      token,
      origins: [teams.url],
      sleep: async (milliseconds) => {
        time += milliseconds;
      },
      random: () => 0,
    });
    for (let nth = 0; nth < 20; nth += 1) await post(patient);
    expect(teams.messages).toHaveLength(20);
    expect(teams.called('post').length).toBeGreaterThan(20);
    expect(time).toBeGreaterThanOrEqual(4_000);
  });

  it('are refused once when a message is larger than 100 KB', async () => {
    const large = { type: 'message' as const, text: 'é'.repeat(60_000) };
    const status = await api()
      .conversations.createActivity(ROOM, large)
      .then(() => null, statusOf);
    expect(status).toBe(413);
    expect(teams.called('post')).toHaveLength(1);
  });

  it('are tried three times at most, each time later', async () => {
    teams.fail('post', ...Array.from({ length: 9 }, () => ({ kind: 'http', status: 503 }) as const));
    expect(await failed()).toBe(503);
    expect(teams.called('post')).toHaveLength(3);
    expect(pauses).toEqual([625, 1_125]);
  });

  it('are not held for long: who is asked to wait minutes hears of it', async () => {
    teams.fail('post', { kind: 'limited', retryAfter: '600' });
    expect(await failed()).toBe(429);
    expect(pauses).toEqual([]);
  });

  it('are not tried again where trying again cannot help', async () => {
    teams.fail('post', { kind: 'http', status: 400 });
    expect(await failed()).toBe(400);
    expect(teams.called('post')).toHaveLength(1);
  });

  it('take a new token after one was not accepted', async () => {
    await post();
    teams.tokens.clear();
    expect(await failed()).toBe(401);
    await post();
    expect(teams.called('token')).toHaveLength(2);
  });

  it.each([
    ['wrong', 'AADSTS7000215: Invalid client secret provided.', /AADSTS7000215.*TEAMS_APP_SECRET/],
    ['expired', 'AADSTS7000222: The provided client secret keys for app x are expired.', /has expired/],
    ['of another app', 'AADSTS700016: Application was not found in the directory.', /TEAMS_APP_ID/],
    ['something else', 'AADSTS1: Something.', /AADSTS1.*TEAMS_APP_ID/],
  ])(
    'say what an operator must do when the secret is %s, and not the secret',
    async (_words, description, expected) => {
      teams.tokenRefusal = { status: 401, error: 'invalid_client', description };
      const problem: unknown = await post().then(
        () => null,
        (error: unknown) => error,
      );
      expect(problem).toMatchObject({ name: 'TokenProblem', kind: 'refused' });
      expect(String(problem)).toMatch(expected);
      expect(String(problem)).not.toContain(TEAMS_APP.secret);
      expect(teams.messages).toEqual([]);
    },
  );

  it('know an Entra that does not work now from one that refuses', async () => {
    teams.fail('token', { kind: 'http', status: 503 }, { kind: 'cut' }, { kind: 'limited', retryAfter: '5' });
    for (let time = 0; time < 3; time += 1) {
      await expect(token.getAppToken('scope')).rejects.toMatchObject({ kind: 'unreachable' });
    }
    await expect(token.getAppToken('scope')).resolves.toMatch(/\./);
  });
});
