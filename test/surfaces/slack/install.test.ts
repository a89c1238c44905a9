import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Connection } from '../../../db/connect.ts';
import { SlackChannel } from '../../../src/delivery/channels/slack/channel.ts';
import { quietLogger, slackClient } from '../../../src/delivery/channels/slack/client.ts';
import { manyWorkspaces, type SlackWorkspaces } from '../../../src/delivery/channels/slack/workspaces.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { type SecretBox, secretBox } from '../../../src/kernel/secret-box.ts';
import { hashOfCode } from '../../../src/kernel/secret-code.ts';
import { replayKeyStore } from '../../../src/store/replay-keys.ts';
import { resealTokens, slackInstallations } from '../../../src/store/slack-workspaces.ts';
import { slackInstaller } from '../../../src/surfaces/slack/installer.ts';
import { eachDatabase } from '../../support/database.ts';
import { type Office, openOffice } from '../../support/office.ts';
import { SlackOffice } from '../../support/slack-office.ts';
import { happened, typedCommand } from '../../support/slack-payloads.ts';
import { sendSigned } from '../../support/slack-request.ts';

const NOW = '2026-12-01T19:00:00Z';
const OTHER = { id: 'T0OTHER', name: 'The other trust' };
const TOKEN = 'xoxb-the-other-trusts-token';
const PASS = 'K7QM-F42X-T9BD';

eachDatabase('Slack in many workspaces', (database) => {
  let office: Office;
  let door: SlackOffice;
  let web: Server | null = null;
  let clock = 0;
  let box: SecretBox;
  let workspaces: SlackWorkspaces;

  beforeAll(async () => void (await database.open()), 120_000);
  afterEach(async () => {
    await door.close();
    web?.closeAllConnections();
    web?.close();
  });

  /** The service's own parts on a port: the installer, and the surface with as many workspaces as the database holds. */
  const open = async (): Promise<{ connection: Connection; url: string }> => {
    const connection = await database.open();
    office = await openOffice(connection, { publicUrl: 'https://changeover.example', manyWorkspaces: true });
    box = secretBox(['11'.repeat(32)]);
    clock = Date.now();
    door = new SlackOffice();
    const installations = slackInstallations(connection, box, () => NOW);
    const many = manyWorkspaces(
      installations,
      (botToken) => slackClient({ botToken, apiUrl: door.slack.apiUrl, log: silentLog, timeoutMilliseconds: 2_000 }),
      () => clock,
    );
    workspaces = many;
    await door.open({ dispatch: office.dispatch, replayKeys: replayKeyStore(connection.db), workspaces });
    door.slack.teams.set(TOKEN, OTHER);
    door.slack.users.set('U0THEIRS', { id: 'U0THEIRS', team_id: OTHER.id });
    const handle = slackInstaller({
      clientId: 'client',
      clientSecret: 'client-secret',
      publicUrl: 'https://changeover.example',
      apiUrl: door.slack.apiUrl,
      installations: many.installations,
      sign: (text) => box.sign('slack install', text),
      logger: quietLogger(silentLog),
      now: () => clock,
    });
    web = createServer(handle);
    await new Promise<void>((resolve) => web?.listen(0, '127.0.0.1', resolve));
    return { connection, url: `http://127.0.0.1:${(web.address() as AddressInfo).port}` };
  };

  const givePass = (code = PASS) => office.store.slackWorkspaces.openPass(hashOfCode(code), 1, 15);

  /** Follows the link as a browser does; gives the state and the cookie. */
  const begin = async (url: string, code = PASS) => {
    const page = await fetch(`${url}/slack/install?pass=${code}`);
    const html = await page.text();
    const address = new URL(/href="(https:\/\/slack\.com[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? 'x:');
    const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return { page, address, cookie, state: address.searchParams.get('state') ?? '' };
  };
  const finish = (url: string, { state, cookie }: { state: string; cookie: string }, code = 'a-code') =>
    fetch(`${url}/slack/oauth_redirect?${new URLSearchParams({ code, state })}`, { headers: { cookie } });

  const install = async (url: string): Promise<Response> => {
    await givePass();
    door.slack.codes.set('a-code', TOKEN);
    return finish(url, await begin(url));
  };

  const theirs = (text: string) =>
    typedCommand(text, { slackUrl: door.slack.url, userId: 'U0THEIRS', teamId: OTHER.id });

  it('a link installs it: the page leads to Slack, and back the token is kept, sealed', async () => {
    const { url, connection } = await open();
    await givePass();
    const begun = await begin(url);
    expect(begun.page.status).toBe(200);
    expect(begun.page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(begun.page.headers.get('set-cookie')).toMatch(/HttpOnly/i);
    expect(begun.address.searchParams.get('client_id')).toBe('client');
    expect(begun.address.searchParams.get('scope')).toContain('chat:write');
    expect(begun.address.searchParams.get('redirect_uri')).toBe('https://changeover.example/slack/oauth_redirect');
    door.slack.codes.set('a-code', TOKEN);
    const done = await finish(url, begun);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('installed in The other trust');
    const [row] = await connection.db.selectFrom('slack_workspace').selectAll().execute();
    expect(row).toMatchObject({ id: OTHER.id, bot_user_id: 'U0BOT', ended_at: null });
    expect(JSON.stringify(row)).not.toContain(TOKEN);
    expect(box.open(row?.sealed_token ?? '', 'slack_workspace T0OTHER')).toBe(TOKEN);
    const audit = await connection.db
      .selectFrom('audit_event')
      .select('text')
      .where('act', '=', 'slack.installed')
      .execute();
    expect(audit).toHaveLength(1);
    expect(audit[0]?.text).not.toContain(TOKEN);
  });

  it('29: no pass, a used one, and one that ran out install nothing', async () => {
    const { url, connection } = await open();
    expect((await fetch(`${url}/slack/install`)).status).toBe(403);
    expect((await fetch(`${url}/slack/install?pass=${PASS}`)).status).toBe(403);
    await install(url);
    expect((await fetch(`${url}/slack/install?pass=${PASS}`)).status).toBe(403);
    await office.store.slackWorkspaces.openPass(hashOfCode('LATE-LATE-LATE'), 1, 0);
    expect((await fetch(`${url}/slack/install?pass=LATE-LATE-LATE`)).status).toBe(403);
    expect(await connection.db.selectFrom('slack_workspace').select('id').execute()).toHaveLength(1);
  });

  it('29: looking at the link uses nothing up (mail scanners and previews look too)', async () => {
    const { url } = await open();
    await givePass();
    await begin(url);
    await fetch(`${url}/slack/install?pass=${PASS}`, { method: 'HEAD' });
    door.slack.codes.set('a-code', TOKEN);
    expect((await finish(url, await begin(url))).status).toBe(200);
  });

  it('29: the state is this browser’s, made here, of the last ten minutes, and one pass installs once', async () => {
    const { url, connection } = await open();
    await givePass();
    const begun = await begin(url);
    door.slack.codes.set('a-code', TOKEN);
    expect((await finish(url, { ...begun, cookie: '' })).status).toBe(400);
    const another = await begin(url);
    expect((await finish(url, { state: begun.state, cookie: another.cookie })).status).toBe(400);
    const forged = `${begun.state.split('.')[0]}.${'0'.repeat(64)}`;
    const cookie = begun.cookie.replace(encodeURIComponent(begun.state), forged).replace(begun.state, forged);
    expect((await finish(url, { state: forged, cookie })).status).toBe(400);
    clock += 11 * 60_000;
    expect((await finish(url, begun)).status).toBe(400);
    clock -= 11 * 60_000;
    expect(door.slack.called('oauth.v2.access')).toEqual([]);
    expect((await finish(url, begun)).status).toBe(200);
    door.slack.codes.set('another-code', TOKEN);
    expect((await finish(url, begun, 'another-code')).status).toBe(400);
    expect(
      await connection.db.selectFrom('audit_event').select('seq').where('act', '=', 'slack.installed').execute(),
    ).toHaveLength(1);
  });

  it('29: a person who says no, and a Slack that does not answer, leave a sentence and nothing else', async () => {
    const { url, connection } = await open();
    await givePass();
    const begun = await begin(url);
    const denied = await fetch(`${url}/slack/oauth_redirect?error=access_denied&state=${begun.state}`, {
      headers: { cookie: begun.cookie },
    });
    expect(denied.status).toBe(400);
    expect(await denied.text()).toContain('It was not allowed in Slack');
    door.slack.fail('oauth.v2.access', { kind: 'error', error: 'invalid_code' });
    const failed = await finish(url, begun);
    expect(failed.status).toBe(400);
    expect(await failed.text()).not.toContain('invalid_code');
    expect((await fetch(`${url}/slack/install`, { method: 'POST' })).status).toBe(405);
    expect(await connection.db.selectFrom('slack_workspace').select('id').execute()).toEqual([]);
  });

  it('each workspace is answered and posted to with its own token', async () => {
    const { url, connection } = await open();
    await install(url);
    const lead = await office.store.people.byEmail('e-rs-lead@rehearsal.example');
    const account = { platform: 'slack' as const, tenant: OTHER.id, userId: 'U0THEIRS', guest: false };
    await office.store.people.join(lead?.id ?? 0, account, NOW);
    const room = { platform: 'slack' as const, tenant: OTHER.id, channelId: 'C0ROOM' };
    await office.store.migrations.bind(room, office.migrationId, NOW);
    const said = await (await sendSigned(door.url, theirs('people'))).text();
    expect(said).toContain('The clinical-safety-officer');
    expect(door.slack.called('users.info').map((call) => call.token)).toEqual([TOKEN]);
    const channel = new SlackChannel((tenant) => workspaces.client(tenant));
    expect(await channel.post(room, { headline: 'Plan 12', body: [], actions: [] }, 'plan:12')).toMatchObject({
      kind: 'done',
    });
    expect(door.slack.called('chat.postMessage').map((call) => call.token)).toEqual([TOKEN]);
    expect(connection.kind).toBe(database.kind);
  });

  it('installed again, the new token is used at once', async () => {
    const { url } = await open();
    await install(url);
    expect((await workspaces.client(OTHER.id))?.token).toBe(TOKEN);
    await office.store.slackWorkspaces.openPass(hashOfCode('NEWX-NEWX-NEWX'), 1, 15);
    door.slack.teams.set('xoxb-the-newer-token', OTHER);
    door.slack.codes.set('a-code', 'xoxb-the-newer-token');
    expect((await finish(url, await begin(url, 'NEWX-NEWX-NEWX'))).status).toBe(200);
    expect((await workspaces.client(OTHER.id))?.token).toBe('xoxb-the-newer-token');
  });

  it('a workspace without it is told so, and nothing is done', async () => {
    await open();
    const said = await (await sendSigned(door.url, theirs('people'))).text();
    expect(said).toContain('not installed in this Slack workspace');
    expect(door.slack.calls).toEqual([]);
  });

  for (const [why, event] of [
    ['uninstalled', { type: 'app_uninstalled' }],
    ['revoked', { type: 'tokens_revoked', tokens: { oauth: ['U0ADMIN'], bot: ['U0BOT'] } }],
  ] as const) {
    it(`when it is ${why}, the token goes, posting waits with a clear problem, and a new installation sends it`, async () => {
      const { url, connection } = await open();
      await install(url);
      const room = { platform: 'slack' as const, tenant: OTHER.id, channelId: 'C0ROOM' };
      await office.store.migrations.bind(room, office.migrationId, NOW);
      const body = happened({ ...event }).replaceAll('T0TEAM', OTHER.id);
      expect((await sendSigned(door.url, body, { contentType: 'application/json' })).status).toBe(200);
      await door.settled();
      const [row] = await connection.db.selectFrom('slack_workspace').selectAll().execute();
      expect(row).toMatchObject({ sealed_token: null, ended_why: why });
      const channel = new SlackChannel((tenant) => workspaces.client(tenant));
      const card = { headline: 'Plan 12', body: [], actions: [] };
      expect(await channel.post(room, card, 'plan:12')).toMatchObject({
        kind: 'retry',
        because: 'person',
        reason: expect.stringContaining('/bsu workspaces add'),
      });

      await office.store.postings.touch(office.migrationId, 'plan:12', NOW);
      const [waiting] = (await office.store.postings.claim('me', ['slack'], 5, 60)).filter(
        ({ tenant }) => tenant === OTHER.id,
      );
      await office.store.postings.settle('me', waiting?.id ?? 0, {
        kind: 'later',
        seconds: 300,
        problem: 'not_installed',
      });
      expect(await office.store.postings.claim('me', ['slack'], 5, 60)).toEqual([]);
      await office.store.slackWorkspaces.openPass(hashOfCode('NEWX-NEWX-NEWX'), 1, 15);
      door.slack.codes.set('a-code', TOKEN);
      expect((await finish(url, await begin(url, 'NEWX-NEWX-NEWX'))).status).toBe(200);
      expect((await office.store.postings.claim('me', ['slack'], 5, 60)).map(({ id }) => id)).toEqual([waiting?.id]);
      expect(await channel.post(room, card, 'plan:12')).toMatchObject({ kind: 'done' });
    });
  }

  it('a person’s own token that is revoked is none of ours', async () => {
    const { url, connection } = await open();
    await install(url);
    const body = happened({ type: 'tokens_revoked', tokens: { oauth: ['U0ADMIN'], bot: [] } }).replaceAll(
      'T0TEAM',
      OTHER.id,
    );
    await sendSigned(door.url, body, { contentType: 'application/json' });
    await door.settled();
    expect(await connection.db.selectFrom('slack_workspace').select('ended_at').execute()).toEqual([
      { ended_at: null },
    ]);
  });

  it('a new key in front seals all tokens again, and the old one can go', async () => {
    const { url, connection } = await open();
    await install(url);
    const both = secretBox(['22'.repeat(32), '11'.repeat(32)]);
    expect(await resealTokens(connection, both)).toBe(1);
    expect(await resealTokens(connection, both)).toBe(0);
    const alone = slackInstallations(connection, secretBox(['22'.repeat(32)]), () => NOW);
    expect(await alone.find([OTHER.id])).toMatchObject({ botToken: TOKEN });
    await expect(slackInstallations(connection, box, () => NOW).find([OTHER.id])).rejects.toThrow(
      'CHANGEOVER_SECRET_KEY',
    );
  });

  it('an organisation’s one installation serves each of its workspaces', async () => {
    const { connection } = await open();
    await givePass();
    const installations = slackInstallations(connection, box, () => NOW);
    const whole = {
      id: 'E0ORG',
      name: 'The region',
      organisation: 'E0ORG',
      botId: 'B0BOT',
      botUserId: 'U0BOT',
      botToken: TOKEN,
      scopes: [],
    };
    expect(await installations.keep(whole, hashOfCode(PASS))).toBe(true);
    expect(await workspaces.client('T0MEMBER')).toBeNull();
    expect(await workspaces.of(['T0MEMBER', 'E0ORG'])).toMatchObject({ teamId: 'T0MEMBER' });
    expect((await workspaces.client('T0MEMBER'))?.token).toBe(TOKEN);
  });

  it('`/bsu workspaces` is the administrator’s: what is installed, and a link good once', async () => {
    const { url } = await open();
    await install(url);
    const { as } = office;
    expect(await as('planner').refused('workspaces')).toBe('role');
    expect(await as('administrator').done('workspaces')).toMatchObject({
      workspaces: [{ id: OTHER.id, name: OTHER.name, installedBy: 'The administrator', ended: null }],
    });
    const { link } = (await as('administrator').done('workspaces add')) as { link: { address: string } };
    expect(link.address).toMatch(/^https:\/\/changeover\.example\/slack\/install\?pass=[\w-]+$/);
    expect((await begin(url, new URL(link.address).searchParams.get('pass') ?? '')).page.status).toBe(200);
  });

  it('where one workspace is served by its token, `/bsu workspaces` says how several are', async () => {
    await open();
    const single = await openOffice(await database.open());
    expect(await single.as('administrator').refused('workspaces')).toBe('one-workspace');
  });
});
